import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fixtureNames, recordedSession, type FixtureName } from "../../testing/recorded-session.js";
import { Dissector, Linker } from "../index.js";

/** How often each kind of link was found. */
function linksOf(name: FixtureName): Map<string, number> {
  const linker = new Linker();
  const counts = new Map<string, number>();
  const dissector = new Dissector({
    connection: 0,
    sink: (record) => {
      if (record.type === "gap") return;
      const link = linker.link(record);
      if (link === undefined) return;
      counts.set(link.kind, (counts.get(link.kind) ?? 0) + 1);
      // Times of these segments are the numbers of their packets.
      expect(link.delay).toBe(BigInt(record.packet - link.to.packet));
      expect(link.delay).toBeGreaterThanOrEqual(0n);
    },
  });
  for (const { direction, bytes, ...moment } of recordedSession(name)) dissector.data(direction, bytes, moment);
  return counts;
}

/** Who answers: each of these messages of a recording has its question in it. */
const answers: Readonly<Record<string, readonly [channel: string, direction: string, message: string]>> = {
  connection: ["x224", "s2c", "ConnectionConfirm"],
  settings: ["mcs", "s2c", "ConnectResponse"],
  "attach user": ["mcs", "s2c", "AttachUserConfirm"],
  "channel join": ["mcs", "s2c", "ChannelJoinConfirm"],
  activation: ["io", "c2s", "CONFIRM_ACTIVE"],
  fonts: ["io", "s2c", "DATA FONTMAP"],
  "dynamic channels": ["drdynvc", "c2s", "CAPS v1"],
  "channel creation": ["drdynvc", "c2s", "CREATE_RESPONSE"],
  handshake: ["rail", "c2s", "HANDSHAKE"],
  start: ["rail", "s2c", "EXEC_RESULT"],
  "graphics capabilities": ["egfx", "s2c", "CAPSCONFIRM"],
  frame: ["egfx", "c2s", "FRAMEACKNOWLEDGE"],
  "redirection capabilities": ["gfxredir", "s2c", "CAPS_CONFIRM"],
  present: ["gfxredir", "c2s", "PRESENT_BUFFER_ACK"],
  "application list": ["rdpapplist", "c2s", "CAPS"],
  "clipboard capabilities": ["cliprdr", "c2s", "CLIP_CAPS"],
  "sound formats": ["rdpsnd-dvc", "c2s", "FORMATS"],
  sound: ["rdpsnd-dvc", "c2s", "WAVECONFIRM"],
  "recording version": ["audin", "c2s", "VERSION"],
  "recording formats": ["audin", "c2s", "FORMATS"],
  recording: ["audin", "c2s", "OPEN_REPLY"],
};

type Counts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, { readonly count: number }>>>>>>;

test.each(fixtureNames)("each answer in %s is linked to what it answers", (name) => {
  const path = new URL(`../../../../fixtures/${name}/expected.json`, import.meta.url);
  const { counts } = JSON.parse(readFileSync(path, "utf8")) as { readonly counts: Counts };
  const found = linksOf(name);
  for (const [kind, [channel, direction, message]] of Object.entries(answers)) {
    expect([kind, found.get(kind) ?? 0]).toEqual([kind, counts[channel]?.[direction]?.[message]?.count ?? 0]);
  }
});

test("both sides answer on the clipboard", () => {
  const found = linksOf("wslg-clipboard");
  expect([found.get("format list"), found.get("clipboard data")]).toEqual([4, 3]);
});

test("presents refer to their buffers, buffers to their pools", () => {
  const found = linksOf("wslg-vail-gfxredir");
  // 44 presents and 1 that destroys a buffer; 3 buffers and 1 pool that is closed.
  expect([found.get("buffer"), found.get("pool")]).toEqual([45, 4]);
});
