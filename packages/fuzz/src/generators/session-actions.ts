import type { NewWindow, WindowShowState } from "@railvail/session";
import type { Choice } from "@railvail/wire";
import { chance, pick } from "../choice.js";
import type { SessionPair } from "./session-pair.js";

type Action = (pair: SessionPair, choice: Choice) => void;

const box = (choice: Choice): NewWindow => ({
  left: choice.int(-20, 120),
  top: choice.int(-20, 90),
  width: choice.int(1, 70),
  height: choice.int(1, 50),
});

const someTitle = (choice: Choice): string => "Fenster – окно 窗口".slice(0, choice.int(0, 18));

/** Does something with a window, if there is one. */
const withWindow =
  (act: (pair: SessionPair, windowId: number, choice: Choice) => void): Action =>
  (pair, choice) => {
    const windowId = pick(choice, [...pair.compositor.windows.all.keys()]);
    if (windowId !== undefined) act(pair, windowId, choice);
  };

const showStates: readonly WindowShowState[] = ["normal", "minimized", "maximized", "hidden"];
const textFormat = 13;
const text = [{ formatId: textFormat, formatName: "" }];
const systemCommands = [0xf020, 0xf030, 0xf060, 0xf120];

const serverActions: readonly Action[] = [
  ({ compositor }, choice) => void compositor.windows.add({ ...box(choice), title: someTitle(choice) }),
  withWindow(({ compositor }, id, choice) => void compositor.windows.change(id, box(choice))),
  withWindow(({ compositor }, id, choice) => void compositor.windows.change(id, { title: someTitle(choice) })),
  withWindow(({ compositor }, id, choice) => {
    compositor.windows.change(id, { showState: pick(choice, showStates) ?? "normal" });
  }),
  withWindow(({ compositor }, id) => compositor.windows.raise([id])),
  withWindow(({ compositor }, id) => compositor.windows.activate(id)),
  withWindow(({ compositor }, id, choice) => void (chance(choice, 3) && compositor.windows.remove(id))),
  withWindow((pair, id, choice) => pair.paint(id, choice.int(1, 40))),
  withWindow((pair, id) => pair.paint(id)),
  ({ compositor }, choice) => compositor.setPointer(pick(choice, ["default", "hidden"] as const) ?? "default"),
  ({ compositor, now }) => compositor.clipboard.command({ type: "offer", formats: text }, now),
  ({ compositor, now }, choice) => {
    compositor.clipboard.command({ type: "request", requestId: choice.int(1, 99), formatId: textFormat, now }, now);
  },
  ({ compositor, now }, choice) => {
    compositor.audioOutput.command({ type: "play", data: new Uint8Array(4 * choice.int(2, 60)), now }, now);
  },
  ({ compositor, now }, choice) => {
    const app = { id: `a${choice.int(1, 5)}`, group: "g", execPath: "/bin/a", desc: "An application" };
    compositor.appList.command({ type: "synchronise", apps: [app] }, now);
  },
];

const viewerActions: readonly Action[] = [
  withWindow(({ viewer, now }, id, choice) => {
    viewer.systemCommand(id, pick(choice, systemCommands) ?? 0, now);
  }),
  withWindow(({ viewer, now }, id, choice) => viewer.activate(id, now, chance(choice, 2))),
  withWindow(({ viewer, now }, id, choice) => viewer.moveWindow(id, box(choice), now)),
  withWindow(({ viewer, now }, id, choice) => viewer.snapWindow(id, box(choice), now)),
  ({ viewer, now }, choice) => {
    viewer.exec(choice.int(1, 99), { program: "xterm", arguments: "-e x", workingDirectory: "" }, now);
  },
  ({ viewer, now }, choice) => {
    const [x, y] = [choice.int(0, 200), choice.int(0, 100)];
    viewer.input(
      [
        { type: "pointerMoved", x, y },
        { type: "button", button: "left", down: chance(choice, 2), x, y },
      ],
      now,
    );
  },
  ({ viewer, now }, choice) => viewer.input([{ type: "unicode", unit: choice.int(32, 126), down: true }], now),
  ({ viewer }) => viewer.channels.clipboard?.command({ type: "offer", formats: text }),
];

/** What either side does next. Commands that are refused now are refused. */
export function act(pair: SessionPair, choice: Choice): void {
  const action = pick(choice, chance(choice, 3) ? viewerActions : serverActions);
  action?.(pair, choice);
}
