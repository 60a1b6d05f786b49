import { flag, list, pdu, prefixed, u32, u8, when, type Infer } from "@railvail/wire";
import { windowingHeader, WindowingType } from "./windowing-header.js";

/**
 * Bits of FieldsPresentFlags of a desktop, [MS-RDPERP] 2.2.1.3.3.2.1 and, for `none`,
 * 2.2.1.3.3.2.2. Callers give `hooked`, `arcCompleted` and `arcBegan`; `zOrder` and `activeWindow`
 * follow from the fields, `none` from the declaration.
 */
export const DesktopFlags = {
  none: 0x01,
  hooked: 0x02,
  arcCompleted: 0x04,
  arcBegan: 0x08,
  zOrder: 0x10,
  activeWindow: 0x20,
} as const;

const { none, ...watched } = DesktopFlags;

/**
 * The desktop that the server watches: the beginning (`arcBegan`) and the end (`arcCompleted`) of
 * what describes it, the active window, and the windows from the top down. `fieldsPresentFlags` is
 * some of `hooked`, `arcBegan`, `arcCompleted`. At most 255 windows.
 */
export const MonitoredDesktop = pdu(
  "Actively Monitored Desktop",
  "[MS-RDPERP] 2.2.1.3.3.2.1",
  {
    ...windowingHeader({ desktop: WindowingType.desktop }, watched),
    activeWindowId: when(flag("fieldsPresentFlags", DesktopFlags.activeWindow), u32),
    windowIds: when(flag("fieldsPresentFlags", DesktopFlags.zOrder), list(u32, prefixed(u8))),
  },
  { sentBy: "server" },
);
export type MonitoredDesktop = Infer<typeof MonitoredDesktop>;

/**
 * The server does not watch its desktop: nothing the client knows of windows holds any more.
 * `fieldsPresentFlags` is 0 in what is sent.
 */
export const NonMonitoredDesktop = pdu(
  "Non-Monitored Desktop",
  "[MS-RDPERP] 2.2.1.3.3.2.2",
  windowingHeader({ desktop: WindowingType.desktop, none }),
  { sentBy: "server" },
);
export type NonMonitoredDesktop = Infer<typeof NonMonitoredDesktop>;
