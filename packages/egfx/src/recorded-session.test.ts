import { createHash } from "node:crypto";
import { sourceOf } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { captureFile, captures, fixture, isMessage, walk, whyLess } from "../../../test/recordings.js";
import { bytesOf } from "../testing/egfx-pair.js";
import {
  CapsVersion,
  egfxClient,
  egfxServer,
  egfxVocabulary,
  paintEgfx,
  stepEgfxClient,
  stepEgfxServer,
  SurfaceCanvases,
  type CapsSet,
  type DrawCommand,
  type EgfxClientInput,
  type EgfxDrawing,
  type EgfxMessage,
  type EgfxServerInput,
  type EgfxServerOptions,
  type StartFrame,
  type SurfaceCommand,
} from "./index.js";

interface Recorded {
  readonly message: EgfxMessage;
  readonly fromServer: boolean;
  /** Milliseconds. */
  readonly now: number;
}

async function recorded(file: string): Promise<Recorded[]> {
  const all: Recorded[] = [];
  await walk(file, (record) => {
    if (!isMessage(record) || record.envelope || record.channel !== "egfx") return;
    const bytes = record.source.bytes.slice(record.offset, record.end);
    const fromServer = record.direction === "s2c";
    const message = egfxVocabulary.read(sourceOf(bytes), 0, bytes.length, fromServer ? "server" : "client");
    if (message !== undefined) all.push({ message, fromServer, now: Number(record.time / 1_000_000n) });
  });
  return all;
}

/** Bytes so that a difference can be read: those of a large command by their hash. */
const hexOf = (bytes: Uint8Array): string =>
  bytes.length < 100 ? Buffer.from(bytes).toString("hex") : createHash("sha1").update(bytes).digest("hex");

/** What our client answers to what the server sent. */
function answers(session: readonly Recorded[], capsSets: readonly CapsSet[]) {
  const sent: string[] = [];
  const strange: unknown[] = [];
  const windows = new Set<bigint>();
  const canvases = new SurfaceCanvases();
  let state = egfxClient({ capsSets });
  const run = (input: EgfxClientInput): void => {
    const step = stepEgfxClient(state, input);
    state = step.state;
    for (const output of step.outputs) {
      if (output.type === "send") sent.push(hexOf(bytesOf(output)));
      else if (output.type === "violation") strange.push(output);
      else if (output.type === "mapped" && output.mapping.type === "window") windows.add(output.mapping.windowId);
      const trouble = paintEgfx(canvases, output);
      if (trouble !== undefined && trouble !== "codec-not-decoded") strange.push(trouble);
    }
  };
  run({ type: "opened" });
  for (const { message, fromServer } of session) if (fromServer) run({ type: "received", message });
  return { sent, strange, windows, surfaces: [...state.graphics.surfaces.keys()], painted: canvases.surfaceIds() };
}

/** The command that makes our server send the message. */
function commandOf({ message, value }: EgfxMessage): DrawCommand | SurfaceCommand | undefined {
  switch (message) {
    case "createSurface":
    case "deleteSurface":
      return { type: message, ...value } as SurfaceCommand;
    case "mapSurfaceToWindow":
    case "mapSurfaceToScaledWindow":
      return { type: "mapToWindow", ...value };
    case "mapSurfaceToOutput":
      return { type: "mapToOutput", ...value };
    case "startFrame":
    case "endFrame":
    case "capsConfirm":
    case "resetGraphics":
      return undefined;
    default:
      return { type: "draw", message: { message, value } as EgfxDrawing };
  }
}

/** What our server sends when it tells the same story to the same client. */
function told(session: readonly Recorded[], options: Partial<EgfxServerOptions>) {
  const sent: string[] = [];
  const strange: unknown[] = [];
  let state = egfxServer({ avc: true, ...options });
  const run = (input: EgfxServerInput): void => {
    const step = stepEgfxServer(state, input);
    state = step.state;
    for (const output of step.outputs) {
      if (output.type === "send") sent.push(hexOf(bytesOf(output)));
      else if (output.type === "violation") strange.push(output);
    }
  };
  run({ type: "opened", now: session[0]?.now ?? 0 });
  let open: (DrawCommand | SurfaceCommand)[] | undefined;
  let timestamp: StartFrame["timestamp"] | undefined;
  for (const { message, fromServer, now } of session) {
    const command = commandOf(message);
    if (!fromServer) run({ type: "received", message });
    else if (message.message === "startFrame") {
      open = [];
      ({ timestamp } = message.value);
    } else if (message.message === "endFrame" && timestamp !== undefined) {
      run({ type: "frame", now, frameId: message.value.frameId, timestamp, commands: open ?? [] });
      open = undefined;
    } else if (message.message === "resetGraphics") {
      run({ type: "resetGraphics", ...message.value, monitors: message.value.monitorDefArray });
    } else if (command !== undefined && open !== undefined) open.push(command);
    else if (command !== undefined && command.type !== "draw") run(command);
  }
  return { sent, strange, waiting: state.pacing.outstanding, surfaces: [...state.graphics.surfaces.keys()] };
}

/** What a side sent, as it is encoded without what was left in pads. */
const bytesFrom = (session: readonly Recorded[], fromServer: boolean): string[] =>
  session.filter((each) => each.fromServer === fromServer).map(({ message }) => hexOf(bytesOf({ message })));

const advertised = (session: readonly Recorded[]): readonly CapsSet[] =>
  session.flatMap(({ message }) => (message.message === "capsAdvertise" ? message.value.capsSets : []));

describe("a session with WSLg, whose client was xfreerdp", () => {
  test("our client answers as the recorded one, and our server sends the same bytes as WSLg", async () => {
    const session = await recorded(fixture("wslg-rail-basic"));
    const client = answers(session, advertised(session));
    expect(client.strange).toEqual([]);
    expect(client.sent).toEqual(bytesFrom(session, false));
    expect([client.windows.size, client.surfaces.length]).toEqual([3, 2]);
    expect(client.painted).toEqual(client.surfaces);
    // WSLg confirms the first set, whatever else is offered.
    const server = told(session, { compat: "wslg", versions: [CapsVersion.version8] });
    expect(server.strange).toEqual([]);
    expect(server.sent).toEqual(bytesFrom(session, true));
    expect(server.waiting).toEqual([]);
    expect(server.surfaces).toEqual(client.surfaces);
  });
});

const shadow = "debian-shadow-gfx-avc420";

describe.skipIf(!captures.includes(shadow))(
  `a session with freerdp-shadow, a surface on the output (${whyLess})`,
  () => {
    test("our client answers as the recorded one, and our server sends the same bytes", async () => {
      const session = await recorded(captureFile(shadow));
      const client = answers(session, advertised(session));
      expect(client.strange).toEqual([]);
      expect(client.sent).toEqual(bytesFrom(session, false));
      const server = told(session, {});
      expect(server.strange).toEqual([]);
      expect(server.sent).toEqual(bytesFrom(session, true));
      expect(server.surfaces).toEqual(client.surfaces);
    });
  },
);
