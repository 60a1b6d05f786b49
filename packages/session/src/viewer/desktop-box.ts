import type { ClientState } from "../connection/client-state.js";
import type { MonitorDef } from "../connection/server-state.js";
import { monitorBox } from "../connection/stated-monitors.js";
import { around, type Box, type Size } from "../pixels/box.js";

/** The monitors of which a client told the server when it connected, [MS-RDPBCGR] 2.2.1.3.6. */
export function statedMonitors({ settings, extendedData }: ClientState): readonly MonitorDef[] {
  return extendedData ? settings.blocks.flatMap((block) => (block.type === "monitor" ? block.monitors : [])) : [];
}

/**
 * The desktop of this size that monitors make. Places of windows count from the primary monitor; the image of the
 * desktop begins with what is furthest to the left and to the top.
 */
export function desktopBox({ width, height }: Size, monitors: readonly MonitorDef[]): Box {
  const box = monitors.map(monitorBox).reduce<Box | undefined>(around, undefined);
  return { left: box?.left ?? 0, top: box?.top ?? 0, width, height };
}
