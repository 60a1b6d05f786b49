import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readAll, transcribe } from "../testing/transcript.js";
import { hasTshark, inFolder, tshark, withoutTshark } from "../testing/tshark.js";
import { KeyLog, TlsDecryptor, type Direction } from "./index.js";

const fixture = (session: string, file = "session.pcap.gz"): string =>
  fileURLToPath(new URL(`../../../fixtures/${session}/${file}`, import.meta.url));

/** The streams of a capture that has one connection, out of TLS if there are keys. */
function streamsOf(file: Uint8Array, keyLog?: string): Record<Direction, Buffer> {
  const events = readAll(file);
  expect(transcribe(events).problems).toEqual([]);
  const keys = new KeyLog();
  if (keyLog !== undefined) keys.add(readFileSync(keyLog));
  const parts: Record<Direction, Uint8Array[]> = { c2s: [], s2c: [] };
  const tls = new TlsDecryptor({
    keys,
    onPlain: (direction, bytes) => parts[direction].push(bytes.slice()),
    onProblem: ({ message }) => expect.fail(message),
  });
  for (const event of events) {
    expect(event.type).not.toBe("gap");
    if (event.type === "data") tls.data(event.direction, event.bytes, event);
  }
  tls.end({ time: 0n, packet: 0 });
  return { c2s: Buffer.concat(parts.c2s), s2c: Buffer.concat(parts.s2c) };
}

/** What tshark exports from a session. */
const exported = async (session: string, tap: string, ...options: readonly string[]): Promise<Uint8Array> =>
  inFolder((folder) => {
    const out = join(folder, "out.pcapng");
    tshark("-r", fixture(session), ...options, "-U", tap, "-w", out);
    return new Uint8Array(readFileSync(out));
  });

/** What goes before TLS is not among what tshark exports out of it. */
const withoutFirst = (stream: Buffer): Buffer => stream.subarray(stream.readUInt16BE(2));

describe.skipIf(!hasTshark)(`PDUs that tshark exports ${withoutTshark}`, () => {
  const keyLog = fixture("debian-shadow-tls", "keylog.txt");
  const tls = ["-o", `tls.keylog_file:${keyLog}`, "-d", "tls.port==33892,tpkt"];

  test("out of TLS are the streams that we decrypt", async () => {
    const own = streamsOf(gunzipSync(readFileSync(fixture("debian-shadow-tls"))), keyLog);
    const theirs = streamsOf(await exported("debian-shadow-tls", "OSI layer 7", ...tls));
    expect(theirs.c2s.equals(withoutFirst(own.c2s))).toBe(true);
    expect(theirs.s2c.equals(withoutFirst(own.s2c))).toBe(true);
  });

  test("of TCP with TLS in it are decrypted by us", async () => {
    const own = streamsOf(gunzipSync(readFileSync(fixture("debian-shadow-tls"))), keyLog);
    const theirs = streamsOf(await exported("debian-shadow-tls", "OSI layer 4", ...tls), keyLog);
    expect(theirs.c2s.equals(own.c2s)).toBe(true);
    expect(theirs.s2c.equals(own.s2c)).toBe(true);
  });

  test.each(["wslg-vail-gfxredir", "wslg-clipboard"])(
    "of TCP are its streams, exported twice or not: %s",
    async (name) => {
      const own = streamsOf(gunzipSync(readFileSync(fixture(name))));
      const theirs = streamsOf(await exported(name, "OSI layer 4", "-d", "tcp.port==33890,tpkt"));
      expect(theirs.c2s.equals(own.c2s)).toBe(true);
      expect(theirs.s2c.equals(own.s2c)).toBe(true);
    },
  );

  test("of TCP are its streams where Wireshark knows no protocol", async () => {
    const own = streamsOf(gunzipSync(readFileSync(fixture("wslg-vail-gfxredir"))));
    const theirs = streamsOf(await exported("wslg-vail-gfxredir", "OSI layer 4"));
    expect(theirs.c2s.equals(own.c2s)).toBe(true);
    expect(theirs.s2c.equals(own.s2c)).toBe(true);
  });
});
