import { existsSync, readFileSync, readdirSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { test } from "vitest";
import { BulkCompressor, type BulkType } from "./bulk-compressor.js";
import { BulkDecompressor } from "./bulk-decompressor.js";
import { ZgfxCompressor } from "./zgfx-compressor.js";
import { ZgfxDecompressor } from "./zgfx-decompressor.js";

function samples(): Map<string, Uint8Array> {
  const m = new Map<string, Uint8Array>();
    m.set("text", new Uint8Array(readFileSync("/tmp/compress-sample.txt")));
  m.set("pcap-rail", new Uint8Array(gunzipSync(readFileSync("/work/shared/captures/wslg-rail-basic/session.pcap.gz"))).subarray(0, 4_000_000));
  const gui = new Uint8Array(1_500_000);
  for (let i = 0; i < gui.length; i += 4) { const x = (i >> 2) % 800, y = ((i >> 2) / 800) | 0; const c = (x * 7 + y * 13) % 97 < 3 ? 0x20 : 0xf0; gui[i] = c; gui[i + 1] = c; gui[i + 2] = (x >> 5) * 8; gui[i + 3] = 255; }
  m.set("pixels", gui);
  const rnd = new Uint8Array(1_000_000); let s = 1; for (let i = 0; i < rnd.length; i++) { s = (Math.imul(s, 1103515245) + 12345) | 0; rnd[i] = s >>> 16; }
  m.set("random", rnd);
  m.set("zeros", new Uint8Array(2_000_000));
  return m;
}
test("speed", () => {
  const only = process.env["CODEC"];
  for (const [name, data] of samples()) {
    for (const kind of ["0", "1", "2", "3", "zgfx", "lite"]) {
      if (only !== undefined && only !== kind) continue;
      const size = kind === "0" || kind === "lite" ? 4000 : kind === "zgfx" ? 65535 : 16000;
      const packets: Uint8Array[] = [];
      for (let at = 0; at + size <= data.length; at += size) packets.push(data.subarray(at, at + size));
      const total = packets.length * size;
      let ct = 0, dt = 0, out = 0, bc = 1e9, bd = 1e9;
      for (let round = 0; round < 4; round++) {
        ct = 0; dt = 0; out = 0;
        const made: { data: Uint8Array; flags: number }[] = [];
        if (kind === "zgfx" || kind === "lite") {
          const c = new ZgfxCompressor(kind === "lite" ? { variant: "lite" } : {});
          const t0 = performance.now();
          for (const p of packets) { const r = c.compress(p); made.push({ data: r.data.slice(), flags: r.flags }); }
          ct = performance.now() - t0;
          const d = new ZgfxDecompressor(kind === "lite" ? "lite" : "full");
          const t1 = performance.now();
          for (const [i, m] of made.entries()) { const r = d.decompress(m.data, (m.flags & 0x20) !== 0); if (r.length !== size || r[5] !== packets[i]![5]) throw new Error("bad"); }
          dt = performance.now() - t1;
        } else {
          const c = new BulkCompressor(Number(kind) as BulkType);
          const t0 = performance.now();
          for (const p of packets) { const r = c.compress(p); made.push({ data: r.data.slice(), flags: r.flags }); }
          ct = performance.now() - t0;
          const d = new BulkDecompressor();
          const t1 = performance.now();
          for (const [i, m] of made.entries()) { const r = d.decompress(m.data, m.flags); if (r.length !== size || r[5] !== packets[i]![5]) throw new Error("bad"); }
          dt = performance.now() - t1;
        }
        bc = Math.min(bc, ct); bd = Math.min(bd, dt); out = made.reduce((a, b) => a + b.data.length, 0);
      }
      console.log(`${name.padEnd(10)} ${kind.padEnd(5)} ratio ${(out / total).toFixed(3)}  compress ${(total / bc / 1000).toFixed(1)} MB/s  decompress ${(total / bd / 1000).toFixed(1)} MB/s`);
    }
  }
});
