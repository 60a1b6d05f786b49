import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clientAfter, clientReady, received, serverAfter, serverReady } from "../testing/gfxredir-pair.js";
import {
  gfxredirVocabulary,
  stepGfxredirClient,
  stepGfxredirServer,
  type GfxredirMessage,
  type GfxredirServerInput,
} from "./index.js";

/** What a client plugin wrote down of a session with WSLg, a message a line. */
const log = readFileSync(
  new URL("../../../fixtures/wslg-vail-gfxredir/client-gfxredir.log", import.meta.url),
  "latin1",
).split("\n");

const numbers = (text: string): bigint[] => [...text.matchAll(/\d+/g)].map(([digits]) => BigInt(digits));

/** A line as the message that it tells of; undefined for the capabilities and what is no message. */
function messageOf(line: string): GfxredirMessage | undefined {
  const fields = new Map([...line.matchAll(/(\w+)=(\S+)/g)].map(([, name, text]) => [name, text as string]));
  const big = (name: string): bigint => BigInt(fields.get(name) as string);
  const [poolId, bufferId] = [fields.has("pool") && big("pool"), fields.has("buffer") && big("buffer")] as bigint[];
  switch (line.split(" ")[1]) {
    case "OPEN_POOL":
      return received("openPool", {
        poolId: poolId as bigint,
        poolSize: big("size"),
        sectionName: fields.get("name") as string,
      }).message;
    case "CREATE_BUFFER": {
      const [width = 0, height = 0] = numbers(/\d+x\d+/.exec(line)?.[0] ?? "").map(Number);
      const [stride, format] = [Number(big("stride")), Number(big("format"))];
      const ids = { poolId: poolId as bigint, bufferId: bufferId as bigint, offset: big("offset") };
      return received("createBuffer", { ...ids, stride, width, height, format }).message;
    }
    case "PRESENT_BUFFER": {
      const [targetWidth = 0, targetHeight = 0] = numbers(fields.get("target") as string).map(Number);
      const [left = 0, top = 0, width = 0, height = 0] = numbers(/dirty=\S+ \S+/.exec(line)?.[0] ?? "").map(Number);
      return received("presentBuffer", {
        timestamp: big("ts"),
        presentId: big("present"),
        windowId: big("window"),
        bufferId: bufferId as bigint,
        orientation: Number(big("orient")),
        targetWidth,
        targetHeight,
        dirtyRect: { left, top, width, height },
        opaqueRects: [],
      }).message;
    }
    case "PRESENT_BUFFER_ACK":
      return received("presentBufferAck", { windowId: big("window"), presentId: big("present") }).message;
    case "DESTROY_BUFFER":
      return received("destroyBuffer", { bufferId: bufferId as bigint }).message;
    case "CLOSE_POOL":
      return received("closePool", { poolId: poolId as bigint }).message;
    default:
      return undefined;
  }
}

const messages = log.map(messageOf).filter((message) => message !== undefined);

/** The command that makes our server send the message. */
function commandOf({ message, value }: GfxredirMessage): GfxredirServerInput | undefined {
  if (message === "presentBuffer") return { type: "present", ...value };
  if (message === "openPool") return { type: "openPool", ...value };
  if (message === "createBuffer") return { type: "createBuffer", ...value };
  if (message === "destroyBuffer") return { type: "destroyBuffer", ...value, now: 0 };
  // WSLg closes the pool by itself after its buffer.
  return message === "closePool" ? { type: "closePool", ...value, now: 0 } : undefined;
}

test("the client shows all that WSLg presented, and answers what the recorded client answered", () => {
  let { state } = clientAfter(clientReady);
  const sent: Uint8Array[] = [];
  const events: string[] = [];
  for (const message of messages) {
    if (message.message === "presentBufferAck") continue;
    const step = stepGfxredirClient(state, { type: "received", message });
    state = step.state;
    for (const output of step.outputs) {
      events.push(output.type);
      if (output.type !== "present") continue;
      const { windowId, presentId } = output;
      const shown = stepGfxredirClient(state, { type: "presented", windowId, presentId });
      state = shown.state;
      for (const each of shown.outputs) if (each.type === "send") sent.push(gfxredirVocabulary.encode(each.message));
    }
  }
  const answers = messages.filter(({ message }) => message === "presentBufferAck");
  expect(sent).toEqual(answers.map((message) => gfxredirVocabulary.encode(message)));
  expect(events.filter((event) => event === "violation")).toEqual([]);
  expect(events.filter((event) => event === "present")).toHaveLength(44);
  expect([state.pools.size, state.buffers.size, state.presents.size]).toEqual([2, 2, 0]);
});

test("the server sends the same bytes as WSLg for the same story, and each answer is one it waits for", () => {
  let { state } = serverAfter(serverReady);
  const sent: Uint8Array[] = [];
  const strange: unknown[] = [];
  for (const message of messages) {
    const input = commandOf(message) ?? ({ type: "received", message } as const);
    const step = stepGfxredirServer(state, input);
    state = step.state;
    for (const output of step.outputs) {
      if (output.type === "send") sent.push(gfxredirVocabulary.encode(output.message));
      if (output.type === "violation") strange.push(output);
    }
  }
  const ours = messages.filter(({ message }) => message !== "presentBufferAck");
  expect(sent).toEqual(ours.map((message) => gfxredirVocabulary.encode(message)));
  expect(strange).toEqual([]);
  expect([state.pools.size, state.buffers.size, state.presents.size]).toEqual([2, 2, 0]);
});
