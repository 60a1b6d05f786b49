// node bench/captures/read-file.mjs <file>: reads it with a read() loop into one buffer, and prints the
// seconds that took.
import { closeSync, openSync, readSync } from "node:fs";

/** What streams of Node read at once. */
const block = Buffer.alloc(64 * 1024);

const file = openSync(process.argv[2], "r");
const began = performance.now();
while (readSync(file, block) > 0);
const seconds = (performance.now() - began) / 1000;
closeSync(file);
process.stdout.write(`${JSON.stringify({ seconds })}\n`);
