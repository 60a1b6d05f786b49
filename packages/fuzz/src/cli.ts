#!/usr/bin/env node
import { performance } from "node:perf_hooks";
import process from "node:process";
import { runCli } from "./run-cli.js";

process.exitCode = await runCli(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  clock: () => performance.now(),
});
