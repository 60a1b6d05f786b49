import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filesId, otherSide, textId, type ClipboardApp, type Side } from "../testing/clipboard-app.js";
import { ClipboardPair } from "../testing/clipboard-pair.js";
import { ClipboardGeneralFlags, type CliprdrOptions } from "./index.js";

const sides = fc.constantFrom<Side>("client", "server");
const small = fc.nat({ max: 3 });

const actions = fc.oneof(
  fc.record({ do: fc.constant("offer" as const), side: sides, withFiles: fc.boolean() }),
  fc.record({ do: fc.constant("request" as const), side: sides, format: small }),
  fc.record({ do: fc.constant("readList" as const), side: sides }),
  fc.record({
    do: fc.constant("requestFile" as const),
    side: sides,
    lindex: small,
    position: fc.constantFrom(undefined, 0n, 5n, 1n << 33n),
    lock: fc.constantFrom(undefined, 0, 1, 2),
  }),
  fc.record({ do: fc.constant("lock" as const), side: sides, clipDataId: small }),
  fc.record({ do: fc.constant("unlock" as const), side: sides, clipDataId: small }),
  fc.record({ do: fc.constant("provide" as const), side: sides, isThere: fc.boolean() }),
  fc.record({ do: fc.constant("provideFile" as const), side: sides, index: small, isThere: fc.boolean() }),
  fc.record({ do: fc.constant("deliver" as const), side: sides, count: small }),
  fc.record({ do: fc.constant("deliver" as const), side: sides, count: fc.constant(9) }),
  fc.record({ do: fc.constant("showFiles" as const), side: sides, lock: fc.boolean() }),
  fc.record({
    do: fc.constantFrom("settle" as const, "settle" as const, "settle" as const, "cut" as const),
    offering: fc.array(sides, { maxLength: 2 }),
  }),
  fc.record({ do: fc.constant("wait" as const), milliseconds: fc.constantFrom(1, 4000, 10_000, 25_000) }),
);
type Action = typeof actions extends fc.Arbitrary<infer A> ? A : never;

function act(pair: ClipboardPair, action: Action): void {
  switch (action.do) {
    case "offer":
      return pair.offer(action.side, action.withFiles);
    case "request": {
      const { offered } = pair[action.side];
      return pair.request(action.side, offered[action.format]?.formatId ?? textId);
    }
    case "readList":
      return pair.request(action.side, filesId);
    case "requestFile": {
      const { side, lindex, position, lock } = action;
      const { locks } = pair[side].state.asking;
      const clipDataId = lock === undefined ? undefined : locks[lock % Math.max(locks.length, 1)];
      return pair.requestFile(side, {
        lindex,
        ...(position === undefined ? {} : { range: { position, length: 16 } }),
        ...(clipDataId === undefined ? {} : { clipDataId }),
      });
    }
    case "lock":
    case "unlock":
      return pair.does(action.side, { type: action.do, clipDataId: action.clipDataId });
    case "provide":
      return pair.provide(action.side, action.isThere);
    case "provideFile":
      return pair.provideFile(action.side, action.index, action.isThere);
    case "deliver":
      return pair.deliver(action.side, action.count);
    case "showFiles":
      pair.offer(otherSide(action.side), true);
      pair.settle();
      // A number that is in use is refused, which is as good.
      if (action.lock) pair.does(action.side, { type: "lock", clipDataId: 0 });
      pair.request(action.side, filesId);
      pair.settle();
      // Is on its way when the lock is taken back, if that comes next.
      if (action.lock) pair.requestFile(action.side, { lindex: 0, clipDataId: 0 });
      return undefined;
    case "settle":
      return pair.settle();
    case "wait":
      return pair.wait(action.milliseconds);
    case "cut":
      pair.cut();
      for (const side of action.offering) pair.offer(side, true);
      return pair.open();
  }
}

const apps = ({ client, server }: ClipboardPair): ClipboardApp[] => [client, server];
const complaintsOf = (pair: ClipboardPair): string[] =>
  apps(pair).flatMap(({ complaints }) => complaints.filter((complaint) => !complaint.startsWith("local:")));

const same = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join();
const idsOf = (of: readonly { readonly requestId: number }[]): number[] => of.map(({ requestId }) => requestId);

/** What is not as it should be: the application keeps what the machine counts on, and nothing else. */
function faultsOf({ state, offers, wanted, wantedFiles, asked }: ClipboardApp): string[] {
  const { serving, asking, options } = state;
  const kept = [...serving.kept, serving.offer].map(({ offerId }) => offerId).filter((id) => id > 0);
  const { data, files } = asking;
  const waits = data.flying.length + files.flying.length + data.queued.length + files.queued.length;
  const laws = {
    offers: same(
      [...offers].toSorted((one, other) => one - other),
      kept,
    ),
    wanted: wanted?.requestId === serving.data?.requestId,
    wantedFiles: same(idsOf(wantedFiles), idsOf(serving.files)),
    dataInFlight: data.flying.length <= options.dataInFlight,
    filesInFlight: files.flying.length <= options.filesInFlight,
    locks: serving.locks.length <= options.maxLocks,
    asked: waits >= asked.size && (state.phase !== "closed" || asked.size === 0),
  };
  return Object.entries(laws).flatMap(([name, holds]) => (holds ? [] : [name]));
}

const faults = (pair: ClipboardPair): string[] => apps(pair).flatMap(faultsOf);

/** All that was asked has its end, each side sees what the other offers, and what nobody needs is let go. */
function holdsInTheEnd(pair: ClipboardPair): void {
  pair.settle();
  expect([pair.client.seen, pair.server.seen]).toEqual([pair.server.offering, pair.client.offering]);
  for (const { side, state } of apps(pair)) {
    for (const clipDataId of state.asking.locks) pair.does(side, { type: "unlock", clipDataId });
    pair.does(side, { type: "offer", formats: [] });
  }
  pair.settle();
  for (const app of apps(pair)) {
    const { serving, asking, phase } = app.state;
    expect(phase).toBe("ready");
    expect(app.asked.size).toBe(0);
    expect([...app.offers]).toEqual([app.offering]);
    expect(app.offered).toEqual([]);
    expect([serving.kept, serving.locks, serving.queued, serving.files, asking.locks]).toEqual([[], [], [], [], []]);
    expect([asking.data, asking.files]).toEqual([
      { flying: [], queued: [] },
      { flying: [], queued: [] },
    ]);
    expect([serving.unanswered, serving.owed, serving.data, app.wake]).toEqual([0, 0, undefined, undefined]);
  }
}

const { useLongFormatNames, streamFileclipEnabled, canLockClipdata } = ClipboardGeneralFlags;
const flags = fc.constantFrom(
  0x3e,
  0x3e,
  0x3e,
  canLockClipdata,
  streamFileclipEnabled | useLongFormatNames,
  streamFileclipEnabled | canLockClipdata,
);

const patient: Partial<CliprdrOptions> = {
  answerTimeout: Infinity,
  provideTimeout: Infinity,
  maxQueued: 1,
  maxLocks: 4,
};

describe("client and server", () => {
  test("give each request its end and the right data, and leak nothing, whatever is delayed or cut", () => {
    const events = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(actions, { maxLength: 100, size: "max" }),
        flags,
        flags,
        fc.integer({ min: 1, max: 3 }),
        (history, clientFlags, serverFlags, filesInFlight) => {
          const common = { ...patient, filesInFlight };
          const pair = new ClipboardPair(
            { ...common, generalFlags: clientFlags },
            { ...common, generalFlags: serverFlags },
          );
          pair.open();
          const found = history.flatMap((action) => {
            act(pair, action);
            return faults(pair);
          });
          holdsInTheEnd(pair);
          expect([...found, ...complaintsOf(pair)]).toEqual([]);
          for (const app of apps(pair)) for (const event of app.events) events.add(event);
        },
      ),
      { numRuns: 150 },
    );
    const reached = ["received", "receivedSize", "late", "failed: refused", "failed: replaced", "failed: unlocked"];
    reached.push("failed: closed", "failed: not-offered", "failed: not-negotiated", "failed: queue-full");
    reached.push("cancelled: replaced", "cancelled: closed", "offerAnswered", "offerReleased");
    expect(reached.filter((event) => !events.has(event))).toEqual([]);
  });

  test("give each request its end in time, and at most miss an answer, or call one unasked, that comes too late", () => {
    const events = new Set<string>();
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 80, size: "max" }), (history) => {
        const pair = new ClipboardPair({ maxQueued: 3 });
        pair.open();
        const found = history.flatMap((action) => {
          act(pair, action);
          const isLate = apps(pair).some(({ wake }) => wake !== undefined && wake <= pair.now);
          return isLate ? [...faults(pair), "a tick was due"] : faults(pair);
        });
        for (let round = 0; round < 12; round++) pair.wait(10_000);
        for (const app of apps(pair)) {
          expect(app.asked.size).toBe(0);
          expect([app.wanted, app.wantedFiles, app.wake]).toEqual([undefined, [], undefined]);
        }
        holdsInTheEnd(pair);
        // An answer that came too late passed for the answer to the next request: then its data is wrong.
        const strange = complaintsOf(pair).filter((complaint) => !complaint.startsWith("broken: the data"));
        const late = ["peer: unasked-answer", "peer: list-silence", "peer: unasked-list-response"];
        // The list that is new to the peer was forgotten.
        late.push("peer: format-not-offered", "peer: files-not-offered");
        expect([...found, ...strange.filter((complaint) => !late.includes(complaint))]).toEqual([]);
        for (const app of apps(pair)) for (const event of app.events) events.add(event);
      }),
      { numRuns: 150 },
    );
    const reached = ["failed: timed-out", "cancelled: timed-out", "late", "received"];
    expect(reached.filter((event) => !events.has(event))).toEqual([]);
  });
});
