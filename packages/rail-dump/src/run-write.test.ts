import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { PacketFileReader, PcapngWriter, type RawPacket } from "@railvail/capture";
import { describe, expect, test } from "vitest";
import { pcapngOf, secretsBlock } from "../testing/pcapng.js";
import { fixture, run, tlsSession, type RunOptions } from "../testing/run.js";

const out = "out.pcapng";

const packetsOf = (file: Uint8Array): RawPacket[] => {
  const reader = new PacketFileReader();
  return [...reader.push(file), ...reader.end()];
};

const original = (path: string): RawPacket[] => packetsOf(gunzipSync(readFileSync(path)));

/** What `-w` writes, and how it ends. */
async function write(args: readonly string[], options: RunOptions = {}) {
  const written = new Map<string, Uint8Array>();
  const outcome = await run(["-w", out, ...args], { ...options, written });
  const file = written.get(out) ?? new Uint8Array(0);
  return { ...outcome, file, packets: packetsOf(file) };
}

/** Frame numbers in the original, which packets are recognised by. */
const numbersOf = (packets: readonly RawPacket[], from: readonly RawPacket[]): number[] => {
  const key = ({ time, bytes }: RawPacket): string => `${time} ${Buffer.from(bytes).toString("hex")}`;
  const places = new Map(from.map((packet) => [key(packet), packet.packet]));
  return packets.map((packet) => places.get(key(packet)) ?? 0);
};

/** The messages of a listing, without frame numbers and links, which can be others in what was written. */
const messages = async (args: readonly string[], options: RunOptions = {}): Promise<unknown[]> =>
  (await run(["-T", "ndjson", ...args], options)).lines.map((line) => {
    const { time, direction, path, name, length, value } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    return { time, direction, path, name, length, value };
  });

/** The frame numbers of a listing. */
const listed = async (args: readonly string[], options: RunOptions = {}): Promise<number[]> => {
  const { lines } = await run(["-T", "ndjson", ...args], options);
  return [...new Set(lines.map((line) => (JSON.parse(line) as { readonly packet: number }).packet))];
};

const rail = fixture("wslg-rail-basic");
const vail = fixture("wslg-vail-gfxredir");
const clipboard = fixture("wslg-clipboard");
/** Channels in which a session is set up, so that what comes later is understood. */
const setUp = ["--channel", "x224,mcs,io,drdynvc"];

describe("which packets", () => {
  test.each(["wslg-vail-gfxredir", "wslg-clipboard", "wslg-audio"] as const)(
    "all that carried messages, once and in order, are read as the same messages: %s",
    async (name) => {
      const path = fixture(name);
      const { code, stdout, stderr, file, packets } = await write(["-a", path]);
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
      const numbers = numbersOf(packets, original(path));
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
      const again = await run(["stats", "--json", out], { files: { [out]: file } });
      expect(again).toMatchObject({ code: 0, stderr: "", stdout: (await run(["stats", "--json", path])).stdout });
    },
  );

  test.each([
    [vail, ["--channel", "gfxredir", "--direction", "c2s"]],
    [vail, ["--channel", "rail", "-c", "5"]],
    [clipboard, ["--channel", "fastpath-in"]],
    [clipboard, ["-Y", "channel == rail and length < 30"]],
  ] as const)("those of messages that came in one: %s %j", async (path, selection) => {
    const { packets, code } = await write([...selection, path]);
    expect(code).toBe(0);
    expect(packets.length).toBeGreaterThan(4);
    expect(numbersOf(packets, original(path))).toEqual(await listed([...selection, path]));
  });

  test("all of messages that came in several, which are read from them as they were", async () => {
    const selection = ["--channel", "egfx", "--direction", "s2c"];
    const { file, packets } = await write([...setUp, ...selection, "--channel", "tpkt", clipboard]);
    const { packets: only } = await write([...selection, clipboard]);
    expect(only.length).toBeGreaterThan((await listed([...selection, clipboard])).length);
    expect(packets.length).toBeGreaterThan(only.length);
    expect(await messages([...selection, out], { files: { [out]: file } })).toEqual(
      await messages([...selection, clipboard]),
    );
  });

  test("no others than those that the chosen connection and count leave", async () => {
    const { packets } = await write(["--conn", "1", "-c", "2", "--channel", "x224", vail, rail, vail]);
    expect(numbersOf(packets, original(rail))).toEqual(await listed(["-c", "2", "--channel", "x224", rail]));
    expect((await write(["-c", "0", vail])).packets).toEqual([]);
  });

  test("of several files, in their order; a file that is given twice is written once", async () => {
    const one = (await write(["--channel", "rail", vail])).packets;
    const two = (await write(["--channel", "rail", clipboard])).packets;
    const strip = (packets: readonly RawPacket[]): unknown[] => packets.map(({ packet: _, ...rest }) => rest);
    const both = (await write(["--channel", "rail", vail, clipboard, vail])).packets;
    expect(strip(both)).toEqual(strip([...one, ...two]));
  });
});

describe("what stays as it is", () => {
  const time = 1_700_000_000_123_456_789n;

  test("link types, lengths, comments and times to the nanosecond", async () => {
    const [first] = original(vail).filter(({ bytes }) => bytes.length > 80);
    const bytes = first?.bytes ?? new Uint8Array(0);
    const writer = new PcapngWriter();
    const packets = [
      { linkType: 1, time, bytes, length: bytes.length + 9, comments: ["one", "two \u001b"] },
      { linkType: 1, time: time + 1n, bytes: bytes.subarray(0, 14), length: 14, comments: [] },
      { linkType: 101, time: time + 2n, bytes: bytes.subarray(14), length: bytes.length - 14, comments: ["three"] },
    ];
    const source = Buffer.concat([writer.start(), ...packets.flatMap((packet) => writer.packet(packet))]);
    const { packets: written, file } = await write(["-a", "source"], { files: { source } });
    expect(written).toEqual([{ packet: 1, ...packets[0] }]);
    const { lines } = await run([out], { files: { [out]: file } });
    expect(lines.slice(0, 2)).toEqual(["      1 # one", "      1 # two \\u{1b}"]);
  });

  test("a file that cannot be read, and what is damaged, end as in a listing", async () => {
    const damaged = readFileSync(vail).subarray(0, 15_000);
    const { code, stderr, packets } = await write(["-a", "missing", "damaged", vail], { files: { damaged } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^rail-dump: missing: no such file\nrail-dump: damaged: .+\n$/);
    expect(packets.length).toBeGreaterThan(original(vail).length / 2);
    expect((await write(["damaged"], { files: { damaged } })).code).toBe(1);
  });
});

describe("secrets", () => {
  const session = fixture(tlsSession);
  const keyLog = fixture(tlsSession, "keylog.txt");
  const lines = readFileSync(keyLog, "utf8").trim().split("\n");
  const secrets = lines.filter((line) => !line.startsWith("#")).map((line) => line.split(" ")[2] ?? "");
  const holds = (file: Uint8Array, secret: string): boolean =>
    Buffer.from(file).includes(secret) || Buffer.from(file).includes(Buffer.from(secret, "hex"));

  test("are not written", async () => {
    const { file, code } = await write(["--keylog", keyLog, session]);
    expect(code).toBe(0);
    for (const secret of secrets) expect(holds(file, secret)).toBe(false);
    expect((await run([out], { files: { [out]: file } })).stderr).toMatch(/key log/);
  });

  test("are written where it is asked for: those that decrypt what is written", async () => {
    const { file, stdout, stderr } = await write(["--with-secrets", "--keylog", keyLog, session]);
    expect([stdout, stderr]).toEqual(["", ""]);
    expect(lines.filter((line) => Buffer.from(file).includes(line)).length).toBe(4);
    expect(await messages([out], { files: { [out]: file } })).toEqual(await messages(["--keylog", keyLog, session]));
    const none = await write(["--with-secrets", "--keylog", keyLog, vail, session, "--conn", "0"]);
    for (const secret of secrets) expect(holds(none.file, secret)).toBe(false);
  });

  test("of blocks in the file stay out too", async () => {
    const source = pcapngOf(session, [secretsBlock(readFileSync(keyLog))], 0);
    const { file, packets } = await write(["source"], { files: { source } });
    expect(packets.length).toBeGreaterThan(50);
    for (const secret of secrets) expect(holds(file, secret)).toBe(false);
  });
});

describe("what is refused", () => {
  test.each([
    [["-w", "a", "-V", "b"], "option -V does not go with -w"],
    [["-w", "a", "-T", "ndjson", "b"], "option -T does not go with -w"],
    [["-w", "a", "-"], "option -w reads each FILE twice, which standard input cannot be"],
    [["-w", "a", "--raw", "c2s:b"], "option -w writes packets of captures, and raw streams have none"],
    [["--with-secrets", "a"], "option --with-secrets goes with -w"],
    [["stats", "-w", "a", "b"], "option -w does not go with stats"],
  ])("%j", async (args, message) => {
    const { code, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `rail-dump: ${message}\ntry 'rail-dump --help'\n` });
  });

  test("an input as output, before it is written over", async () => {
    const { code, stderr, file } = await write([vail, out], { files: { [out]: new Uint8Array(9) } });
    expect({ code, stderr, length: file.length }).toEqual({
      code: 2,
      stderr: `rail-dump: ${out}: is read and cannot be written\n`,
      length: 0,
    });
  });
});
