import { MonitorFlags, type MonitorDefinition } from "@railvail/display";
import { desktopOf } from "../connection/server-activation.js";
import { blockOf, monitorsOf } from "../connection/server-settings.js";
import type { MonitorDef, ServerState } from "../connection/server-state.js";
import { monitorBox, monitorDef } from "../connection/stated-monitors.js";
import { around, type Box, type Size } from "../pixels/box.js";

/** The monitors that a desktop of this size is made of, if they fill it; none otherwise. */
export function monitorsOfDesktop(monitors: readonly MonitorDefinition[], { width, height }: Size): MonitorDef[] {
  const box = monitors.reduce<Box | undefined>(around, undefined);
  if (box?.width !== width || box.height !== height) return [];
  return monitors.map((monitor) => monitorDef(monitor, monitor.flags));
}

/** What a client that states no size or scale of a monitor is taken to have. */
const plain = { physicalWidth: 0, physicalHeight: 0, orientation: 0, desktopScaleFactor: 100, deviceScaleFactor: 100 };

/**
 * The monitors that a client stated when it connected, [MS-RDPBCGR] 2.2.1.3.6 and 2.2.1.3.10; one of the size of its
 * desktop if it stated none.
 */
export function connectedMonitors(state: ServerState): MonitorDefinition[] {
  const extended = blockOf(state, "monitorExtended")?.monitors ?? [];
  const stated = monitorsOf(state);
  if (stated !== undefined) {
    return stated.map((monitor, index) => ({
      ...plain,
      ...extended[index],
      flags: monitor.flags,
      ...monitorBox(monitor),
    }));
  }
  const { desktopScaleFactor = 100, deviceScaleFactor = 100 } = blockOf(state, "core") ?? {};
  const { width, height } = desktopOf(state);
  return [
    { ...plain, desktopScaleFactor, deviceScaleFactor, flags: MonitorFlags.primary, left: 0, top: 0, width, height },
  ];
}
