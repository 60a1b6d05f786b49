import { generate } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { RailPair, start } from "../testing/rail-pair.js";
import {
  ClientStatusFlags,
  isRailOrderAnnounced,
  railClient,
  RailHandshakeFlags,
  railServer,
  railVocabulary,
  stepRailClient,
  stepRailServer,
  UnspecifiedClientStatusFlags,
  type RailClientInput,
  type RailMessage,
  type RailServerInput,
} from "./index.js";

const bitsOf = (all: Readonly<Record<string, number>>): fc.Arbitrary<number> =>
  fc.subarray(Object.values(all)).map((bits) => bits.reduce((sum, bit) => sum + bit, 0));
const levels = fc.constantFrom(0x01, 0x81, 0xff, 0x4b);
const ids = fc.integer({ min: 1, max: 3 });
const corner = fc.integer({ min: -500, max: 500 });
const rectangles = fc.record({ left: corner, top: corner, right: corner, bottom: corner });
const margins = fc.constant({ left: 7, top: 0, right: 7, bottom: 7 });
const clsid = new Uint8Array(16);

const clientCommands: fc.Arbitrary<RailClientInput> = fc.oneof(
  fc.record({ type: fc.constant("activate" as const), value: fc.record({ windowId: ids, enabled: fc.nat(1) }) }),
  fc.record({
    type: fc.constant("sysCommand" as const),
    value: fc.record({ windowId: ids, command: fc.constant(0xf020) }),
  }),
  fc.record({
    type: fc.constant("cloak" as const),
    value: fc.record({ windowId: ids, cloaked: fc.constantFrom(0, 1) }),
  }),
  fc.record({
    type: fc.constant("clientSysParam" as const),
    value: fc.record({
      parameter: fc.oneof(
        fc.record({ type: fc.constantFrom("mouseButtonSwap" as const, "keyboardCues" as const), enabled: fc.nat(1) }),
        fc.record({ type: fc.constant("caretWidth" as const), width: fc.nat(3) }),
        fc.record({ type: fc.constant("systemUsesLightTheme" as const), enabled: fc.nat(1) }),
      ),
    }),
  }),
  fc.record({ type: fc.constant("langbarInfo" as const), value: fc.record({ languageBarStatus: fc.nat(8) }) }),
  fc.record({
    type: fc.constant("languageImeInfo" as const),
    value: fc.record({
      profileType: fc.constantFrom(1, 2),
      languageId: fc.nat(9),
      languageProfileClsid: fc.constant(clsid),
      profileGuid: fc.constant(clsid),
      keyboardLayout: fc.nat(9),
    }),
  }),
  fc.record({
    type: fc.constant("textScaleInfo" as const),
    value: fc.record({ textScaleFactor: fc.constantFrom(99, 100) }),
  }),
  fc.record({ type: fc.constant("caretBlinkInfo" as const), value: fc.record({ caretBlinkRate: fc.nat(9) }) }),
  fc.record({ type: fc.constant("requestAppId" as const), windowId: ids }),
  fc.record({
    type: fc.constant("place" as const),
    windowId: ids,
    rectangle: rectangles,
    margins,
    snapped: fc.boolean(),
  }),
  fc.constant({ type: "activateLocal" as const }),
);

const serverCommands: fc.Arbitrary<RailServerInput> = fc.oneof(
  fc.record({ type: fc.constant("powerDisplayRequest" as const), value: fc.record({ active: fc.constantFrom(0, 1) }) }),
  fc.record({
    type: fc.constant("cloak" as const),
    value: fc.record({ windowId: ids, cloaked: fc.constantFrom(0, 1) }),
  }),
  fc.record({ type: fc.constant("langbarInfo" as const), value: fc.record({ languageBarStatus: fc.nat(8) }) }),
  fc.record({
    type: fc.constant("appId" as const),
    windowId: ids,
    applicationId: fc.constant("gedit"),
    process: fc.constant({ processId: 1, processImageName: "gedit" }),
  }),
  fc.record({
    type: fc.constant("startMoveSize" as const),
    windowId: ids,
    moveSizeType: fc.constantFrom(8, 9),
    posX: corner,
    posY: corner,
  }),
  fc.record({ type: fc.constant("endMoveSize" as const), windowId: ids, left: corner, top: corner }),
);

const actions = fc.oneof(
  { weight: 4, arbitrary: clientCommands.map((input) => ({ do: "client" as const, input })) },
  { weight: 4, arbitrary: serverCommands.map((input) => ({ do: "server" as const, input })) },
  { weight: 3, arbitrary: fc.constantFrom("xterm", "gedit").map((name) => ({ do: "exec" as const, name })) },
  { weight: 3, arbitrary: fc.nat(3).map((which) => ({ do: "answer" as const, which })) },
  { weight: 1, arbitrary: fc.nat(3).map((which) => ({ do: "lose" as const, which })) },
  {
    weight: 8,
    arbitrary: fc.constantFrom("client" as const, "server" as const).map((to) => ({ do: "deliver" as const, to })),
  },
  { weight: 1, arbitrary: fc.nat(40).map((ms) => ({ do: "wait" as const, ms })) },
  { weight: 1, arbitrary: levels.map((level) => ({ do: "reopen" as const, level })) },
);

const clientFlags = bitsOf({ ...ClientStatusFlags, ...UnspecifiedClientStatusFlags });

test("whatever is delayed, cut or never answered: starts end once, nothing stays behind, correct ends accuse nobody", () => {
  fc.assert(
    fc.property(
      fc.array(actions, { maxLength: 60, size: "max" }),
      fc.record({ clientFlags, handshakeFlags: bitsOf(RailHandshakeFlags), level: levels }),
      (history, { clientFlags: flags, handshakeFlags, level }) => {
        const forever = 1e9;
        const limits = { handshakeTimeout: forever, execTimeout: 50, maxExecs: 100, maxLateExecs: 100 };
        const pair = new RailPair({ clientFlags: flags, ...limits }, { handshakeFlags, ...limits });
        const open = new Set<number>();
        const takeStarts = (): void => {
          for (const event of pair.serverEvents.splice(0)) {
            if (event.type === "exec") open.add(event.serial);
            if (event.type === "violation" && event.by === "peer") throw new Error(`client broke ${event.rule}`);
          }
        };
        const answer = (which: number, isLost = false): void => {
          const serial = [...open][which % Math.max(1, open.size)];
          if (serial === undefined) return;
          open.delete(serial);
          pair.serverDoes({ type: "execResult", serial, execResult: 0, rawResult: serial });
          if (isLost) pair.lose();
        };
        const wait = (ms: number): void => {
          pair.now += ms;
          pair.clientDoes({ type: "tick", now: pair.now });
        };
        let nextId = 1;
        pair.open(level);
        for (const action of history) {
          if (action.do === "client") pair.clientDoes(action.input);
          else if (action.do === "server") pair.serverDoes(action.input);
          else if (action.do === "exec")
            pair.clientDoes({ type: "exec", id: nextId++, exec: start(action.name), now: pair.now });
          else if (action.do === "answer") answer(action.which);
          else if (action.do === "lose") answer(action.which, true);
          else if (action.do === "deliver") pair.deliver(action.to);
          else if (action.do === "wait") wait(action.ms);
          else {
            pair.cut();
            open.clear();
            pair.open(action.level);
          }
          takeStarts();
        }
        pair.deliverAll();
        takeStarts();
        while (open.size > 0) answer(0);
        for (const windowId of [1, 2, 3]) {
          pair.serverDoes({ type: "endMoveSize", windowId, left: 0, top: 0 });
          pair.serverDoes({ type: "appId", windowId, applicationId: "x" });
        }
        pair.deliverAll();
        // What was lost is given up, and then forgotten: it takes no result from the start that follows.
        for (let round = 0; round < 2; round++) wait(limits.execTimeout);
        for (const name of ["xterm", "gedit"]) {
          const id = nextId++;
          pair.clientDoes({ type: "exec", id, exec: start(name), now: pair.now });
          pair.deliverAll();
          takeStarts();
          answer(0);
          pair.deliverAll();
          expect(pair.clientEvents.at(-1)).toMatchObject({ type: "wake", at: undefined });
          expect(pair.clientEvents.at(-2)).toMatchObject({ type: "execEnded", id, late: false });
        }

        const { client, server } = pair;
        expect([client.execs, client.lateExecs, client.appIdRequests, client.move]).toEqual([[], [], [], undefined]);
        expect([server.execs, server.appIdRequests, server.move]).toEqual([[], [], undefined]);
        const ended = new Map<number, number>();
        const silent = new Set<number>();
        let unmatched = 0;
        for (const event of pair.clientEvents) {
          if (event.type === "execEnded" || event.type === "execCut")
            ended.set(event.id, (ended.get(event.id) ?? 0) + 1);
          if (event.type === "execSilent") silent.add(event.id);
          if (event.type === "violation" && event.rule === "exec-unmatched") unmatched++;
          else if (event.type === "violation") expect(`${event.by}: ${event.rule}`).not.toMatch(/^peer/);
        }
        // A result came after its start was forgotten.
        expect(unmatched).toBeLessThanOrEqual(silent.size);
        for (let id = 1; id < nextId; id++) expect(ended.get(id) ?? (silent.has(id) ? 1 : 0)).toBe(1);
      },
    ),
    { numRuns: 60 },
  );
});

test("after any history the server was told of each setting that it understands, as it is now", () => {
  fc.assert(
    fc.property(
      fc.array(actions, { maxLength: 40, size: "max" }),
      bitsOf(RailHandshakeFlags),
      (history, handshakeFlags) => {
        const pair = new RailPair({}, { handshakeFlags });
        pair.open(0xff);
        let told = new Map<string, unknown>();
        const take = (): void => {
          for (const event of pair.serverEvents.splice(0)) {
            if (event.type === "clientSysParam") told.set(event.value.parameter.type, event.value);
            else if ("value" in event) told.set(event.type, event.value);
          }
        };
        for (const action of history) {
          if (action.do === "client") pair.clientDoes(action.input);
          if (action.do === "deliver") pair.deliver(action.to);
          if (action.do === "reopen") {
            pair.cut();
            take();
            told = new Map();
            pair.open(action.level);
          }
          take();
        }
        pair.deliverAll();
        take();
        for (const message of pair.client.settings.values()) {
          const name = message.message === "clientSysParam" ? message.value.parameter.type : message.message;
          const isKnown = isRailOrderAnnounced("client", message, pair.client.announced);
          expect({ name, value: told.get(name) }).toEqual({ name, value: isKnown ? message.value : undefined });
        }
      },
    ),
    { numRuns: 60 },
  );
});

const anyMessage: fc.Arbitrary<RailMessage> = fc
  .tuple(fc.constantFrom(...Object.keys(railVocabulary.pdus)), fc.gen())
  .map(([name, choose]) => {
    const pdu = railVocabulary.pdus[name as RailMessage["message"]];
    const int = (low: number, high: number): number => choose(fc.integer, { min: low, max: high });
    return { message: name, value: generate(pdu as typeof railVocabulary.pdus.exec, { int }) } as RailMessage;
  });

test("peers that send anything are survived, and what they make wait is bounded", () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { minLength: 1, maxLength: 40, size: "max" }), (messages) => {
      const opened = { type: "opened", railSupportLevel: 0xff, now: 0 } as const;
      let client = stepRailClient(railClient({ maxAppIdRequests: 2 }), opened).state;
      let server = stepRailServer(railServer({ maxExecs: 2, maxAppIdRequests: 2 }), opened).state;
      for (const message of messages) {
        client = stepRailClient(client, { type: "received", message, now: 0 }).state;
        const { state, outputs } = stepRailServer(server, { type: "received", message, now: 0 });
        server = state;
        for (const output of outputs) if (output.type === "send") railVocabulary.encode(output.message);
      }
      expect(server.execs.length).toBeLessThanOrEqual(2);
      expect(server.appIdRequests.length).toBeLessThanOrEqual(2);
      expect(client.execs.length + client.lateExecs.length + client.settings.size + client.appIdRequests.length).toBe(
        0,
      );
    }),
    { numRuns: 60 },
  );
});
