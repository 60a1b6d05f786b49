import { egfxVocabulary } from "@railvail/egfx";
import { gfxredirVocabulary } from "@railvail/gfxredir";
import { railVocabulary, windowingOrders } from "@railvail/rail";
import { CreateRequest, Data, OrdersUpdate, segmentMessage } from "@railvail/transport";
import { Arena, EncodeError, generate, mutate, type Choice, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemorySections } from "../../testing/memory-sections.js";
import { ViewerServer } from "../../testing/viewer-server.js";

const dynamicNames = [
  "Microsoft::Windows::RDS::Graphics",
  "Microsoft::Windows::RDS::RemoteAppGraphicsRedirection",
  "Microsoft::Windows::RDS::DisplayControl",
  "Microsoft::Windows::RDS::RemoteApplicationList",
  "AUDIO_PLAYBACK_DVC",
  "AUDIO_INPUT",
  "unheard of",
];
const statics = ["rail", "cliprdr", "rdpsnd", "drdynvc"];
const [egfx, gfxredir] = [1, 2];

/** Random numbers that a seed makes. */
function choiceOf(seed: number): Choice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { int: (low: number, high: number) => low + Math.floor(next() * (high - low + 1)) };
}

/** A message of one of these, sound or damaged. */
function message(pdus: readonly Pdu[], seed: number, damaged: boolean): Uint8Array {
  const choice = choiceOf(seed);
  const pdu = pdus[seed % pdus.length] as Pdu;
  try {
    const bytes = pdu.encode(generate(pdu, choice));
    return damaged ? mutate(pdu, bytes, choice) : bytes;
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    return new Uint8Array(0);
  }
}

type Attack = (pair: ViewerServer) => void;
const bytes = fc.uint8Array({ maxLength: 200 });
const told = fc.tuple(fc.nat(), fc.boolean());

const dynamic = (pair: ViewerServer, channelId: number, data: Uint8Array): void =>
  pair.send("drdynvc", Data.encode({ sp: 0, channelId, data }));

const segmented = (command: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat(segmentMessage([command], new Arena(64))));

const attacks: fc.Arbitrary<Attack> = fc.oneof(
  fc.tuple(fc.nat(12), bytes).map<Attack>(
    ([code, body]) =>
      (pair) =>
        pair.update(code, body),
  ),
  fc.tuple(fc.constantFrom(...statics), bytes).map<Attack>(
    ([name, data]) =>
      (pair) =>
        pair.send(name, data),
  ),
  told.map<Attack>(([seed, damaged]) => (pair) => {
    const orderData = message(Object.values(windowingOrders) as Pdu[], seed, damaged);
    pair.update(0, OrdersUpdate.encode({ numberOrders: 1, orderData }));
  }),
  told.map<Attack>(
    ([seed, damaged]) =>
      (pair) =>
        pair.send("rail", message(Object.values(railVocabulary.pdus) as Pdu[], seed, damaged)),
  ),
  told.map<Attack>(
    ([seed, damaged]) =>
      (pair) =>
        dynamic(pair, gfxredir, message(Object.values(gfxredirVocabulary.pdus) as Pdu[], seed, damaged)),
  ),
  told.map<Attack>(([seed, damaged]) => (pair) => {
    const command = message(Object.values(egfxVocabulary.pdus) as Pdu[], seed, damaged);
    dynamic(pair, egfx, segmented(command));
  }),
  fc.tuple(fc.integer({ min: 1, max: 7 }), bytes).map<Attack>(
    ([id, data]) =>
      (pair) =>
        dynamic(pair, id, data),
  ),
);

test("nothing that a server sends throws, whatever it is", () => {
  fc.assert(
    fc.property(fc.array(attacks, { maxLength: 30 }), (history) => {
      const sections = new MemorySections();
      const pair = new ViewerServer({
        remoteApp: { program: "xterm", arguments: "", workingDirectory: "" },
        size: { width: 64, height: 48 },
        sections,
        audioInput: {},
        limits: { desktopPixels: 2 ** 16, vailBytes: 2 ** 16, surfacePixels: 2 ** 16 },
      });
      for (const [index, channelName] of dynamicNames.entries()) {
        pair.send("drdynvc", CreateRequest.encode({ priority: 0, channelId: index + 1, channelName }));
      }
      const version8 = { capsData: { type: "version8", flags: 0 } } as const;
      const version2 = { capsData: { type: "version2", supportedFeatures: 0 } } as const;
      dynamic(pair, egfx, segmented(egfxVocabulary.encode({ message: "capsConfirm", value: { capsSet: version8 } })));
      dynamic(pair, gfxredir, gfxredirVocabulary.encode({ message: "capsConfirm", value: { capsSet: version2 } }));
      for (const attack of history) {
        attack(pair);
        for (const windowId of pair.viewer.windows.windows.keys()) pair.viewer.picture(windowId);
        pair.now += 100;
        pair.viewer.tick(pair.now);
      }
      pair.viewer.closed(pair.now);
      pair.settle();
      expect(pair.of("ended")).toHaveLength(1);
      expect(sections.openSections).toBe(0);
    }),
    { numRuns: 60 },
  );
});
