import { test } from "vitest";
import { dissect, eventsOf, fixtures, fixture, moreRecordings, moreRecording } from "../../../test/recordings.js";
test("scan", async () => {
  const paths = [...fixtures.map((n) => [n, fixture(n)] as const), ...moreRecordings.map((n) => [n, moreRecording(n)] as const)];
  for (const [name, path] of paths) {
    const counts = new Map<string, number>();
    const hex: string[] = [];
    dissect(await eventsOf(path), (r) => {
      if (r.type !== "message") return;
      if (!/order|altsec/.test(r.channel) && r.trouble === undefined) return;
      const key = `${r.path} ${r.name} ${r.trouble ?? ""} ${r.detail ?? ""}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (/orders not read/.test(r.detail ?? "")) hex.push(Buffer.from(r.source.bytes.subarray(r.offset, r.end)).toString("hex").slice(0, 200));
    });
    console.log(name, [...counts].map(([k, v]) => `\n   ${v} ${k}`).join(""), hex.slice(0, 12).map((h) => "\n      " + h).join(""));
  }
});
