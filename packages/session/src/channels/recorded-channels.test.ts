import { readFileSync } from "node:fs";
import { drdynvcVocabulary, fragmentPlain } from "@railvail/transport";
import { sourceOf } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { NotingEnd } from "../../testing/channel-loop.js";
import { recordedStreams, sessions } from "../../testing/recorded-streams.js";
import { ClientConnection, ServerConnection } from "../index.js";
import { ClientChannels } from "./client-channels.js";
import { segmentedEnd } from "./segmented-end.js";
import { ServerChannels } from "./server-channels.js";

/** The static channels that the recorded client asked for, in its order. */
const channels = ["rdpdr", "rail", "rdpsnd", "cliprdr", "drdynvc"].map((name) => ({ name, options: 0xc000_0000 }));

const fixture = (name: string, file: string): string =>
  readFileSync(new URL(`../../../../fixtures/${name}/${file}`, import.meta.url), "utf8");

/** Dynamic channels in the order of their ids, with the client's answer, as another decoder saw them. */
const dynamicChannels = (name: string): { name: string; status: number }[] =>
  [...fixture(name, "NOTES.txt").matchAll(/^\s+DVC \d+ (\S+) create status (\S+)$/gm)].map(
    ([, channel = "", status]) => ({ name: channel, status: Number(status) | 0 }),
  );

const shortNames: Readonly<Record<string, string>> = {
  "Microsoft::Windows::RDS::DisplayControl": "disp",
  "Microsoft::Windows::RDS::Graphics": "egfx",
  "Microsoft::Windows::RDS::RemoteAppGraphicsRedirection": "gfxredir",
  "Microsoft::Windows::RDS::RemoteApplicationList": "rdpapplist",
  AUDIO_PLAYBACK_DVC: "rdpsnd-dvc",
  AUDIO_INPUT: "audin",
};

type Direction = "c2s" | "s2c";
type Counts = Readonly<
  Record<string, Partial<Record<Direction, Readonly<Record<string, { readonly bytes: number }>>>>>
>;

/** Bytes of a dynamic channel in one direction, as another decoder counted them. */
function counted(name: string, channel: string, direction: Direction): number {
  const { counts } = JSON.parse(fixture(name, "expected.json")) as { readonly counts: Counts };
  const messages = counts[shortNames[channel] ?? channel]?.[direction] ?? {};
  return Object.values(messages).reduce((sum, { bytes }) => sum + bytes, 0);
}

const size = (end: NotingEnd | undefined): number => end?.messages.reduce((sum, { length }) => sum + length, 0) ?? 0;

/** Messages of `drdynvc` as one side sent them, told by a connection that only listens. */
function recordedMessages(name: string, from: "client" | "server"): Uint8Array[] {
  const connection =
    from === "server" ? new ClientConnection({ security: "rdp", channels }) : new ServerConnection({ compat: "wslg" });
  if (connection instanceof ClientConnection) connection.command({ type: "connect" }, 0);
  const messages: Uint8Array[] = [];
  for (const { from: sender, bytes } of recordedStreams(name as (typeof sessions)[number])) {
    if (sender !== from) continue;
    for (const output of connection.receive(bytes, 0)) {
      if (output.type === "channelData" && output.channel.name === "drdynvc") messages.push(output.data.slice());
    }
  }
  return messages;
}

const channel = { id: 1008, name: "drdynvc", options: 0, joined: true };

describe.each(sessions)("%s", (name) => {
  const dynamic = dynamicChannels(name);
  const messages = { client: recordedMessages(name, "client"), server: recordedMessages(name, "server") };

  test("the client opens and refuses the same channels with the same bytes, and all of their data comes out", () => {
    const ends = new Map<string, NotingEnd>();
    const refused: { name: string; status: number }[] = [];
    const sent: Uint8Array[] = [];
    const violations: string[] = [];
    const client = new ClientChannels(
      {
        send: (_, parts) => sent.push(new Uint8Array(Buffer.concat(parts))),
        violation: ({ rule }) => violations.push(rule),
      },
      { compat: "wslg", refused: (refusedName, status) => refused.push({ name: refusedName, status }) },
    );
    for (const { name: known } of dynamic.filter(({ status }) => status === 0)) {
      client.listen(known, () => {
        const end = new NotingEnd();
        ends.set(known, end);
        return shortNames[known] === "egfx" ? segmentedEnd(end, { side: "client" }) : end;
      });
    }
    client.open([channel], 0);
    for (const data of messages.server) client.received({ channel, data, flags: 3 }, 0);
    expect([...ends.keys()]).toEqual(dynamic.filter(({ status }) => status === 0).map(({ name: opened }) => opened));
    expect(refused.map(({ name: not }) => not)).toEqual(
      dynamic.filter(({ status }) => status < 0).map(({ name: not }) => not),
    );
    for (const [known, end] of ends) expect([known, size(end)]).toEqual([known, counted(name, known, "s2c")]);
    // WSLg writes on the application list's channel without waiting for the client's answer.
    const isRefused = dynamic.some(({ name: not, status }) => status < 0 && shortNames[not] === "rdpapplist");
    expect(violations).toEqual(isRefused ? ["unknown-channel"] : []);
    const control = messages.client.filter(([first = 0]) => first >> 4 === 1 || first >> 4 === 5);
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
    expect(sent.map(hex)).toEqual(control.map(hex));
  });

  test("the server asks for the same channels with the same bytes, and all of the client's data comes out", () => {
    const ends = new Map<string, NotingEnd>();
    const refused: { name: string; status: number | undefined }[] = [];
    const sent: Uint8Array[] = [];
    const violations: string[] = [];
    const server = new ServerChannels(
      {
        send: (_, parts) => sent.push(new Uint8Array(Buffer.concat(parts))),
        violation: ({ rule }) => violations.push(rule),
      },
      { compat: "wslg" },
    );
    server.open([channel], 0);
    for (const { name: asked } of dynamic) {
      const end = new NotingEnd();
      ends.set(asked, end);
      server.request(asked, end, 0, { refused: (status) => refused.push({ name: asked, status }) });
    }
    for (const data of messages.client) server.received({ channel, data, flags: 3 }, 0);
    expect(violations).toEqual([]);
    expect(refused).toEqual(dynamic.filter(({ status }) => status < 0));
    for (const [asked, end] of ends) expect([asked, size(end)]).toEqual([asked, counted(name, asked, "c2s")]);
    const control = messages.server.filter(([first = 0]) => first >> 4 === 1 || first >> 4 === 5);
    expect(sent.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(
      control.map((bytes) => Buffer.from(bytes).toString("hex")),
    );
  });

  test("what is put together is cut as WSLg cut it", () => {
    const gathered = new Map<number, { length: number; pdus: Uint8Array[]; data: Uint8Array[]; left: number }>();
    let compared = 0;
    for (const bytes of messages.server) {
      const message = drdynvcVocabulary.read(sourceOf(bytes), 0, bytes.length, "server");
      if (message?.message !== "data" && message?.message !== "dataFirst") continue;
      const { channelId, data } = message.value;
      if (message.message === "dataFirst") {
        const { length } = message.value;
        gathered.set(channelId, { length, pdus: [], data: [], left: length });
      }
      const open = gathered.get(channelId) ?? { length: data.length, pdus: [], data: [], left: data.length };
      open.pdus.push(bytes);
      open.data.push(data);
      open.left -= data.length;
      if (open.left > 0) continue;
      gathered.delete(channelId);
      const cut = fragmentPlain(channelId, open.data, { wholeSize: 1600 });
      const alike = cut.map((pdu, at) => Buffer.compare(Buffer.concat(pdu), open.pdus[at] ?? new Uint8Array(0)));
      expect(alike).toEqual(open.pdus.map(() => 0));
      compared++;
    }
    expect(compared).toBeGreaterThan(5);
  });
});
