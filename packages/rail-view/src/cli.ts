#!/usr/bin/env node
import { main } from "./main.js";

// Whoever read the output had enough, as in `rail-view … | head`.
process.stdout.on("error", () => process.exit(0));

process.exitCode = await main(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  onInterrupt(leave) {
    const signals = ["SIGINT", "SIGTERM"] as const;
    for (const signal of signals) process.on(signal, leave);
    return () => {
      for (const signal of signals) process.off(signal, leave);
    };
  },
});
