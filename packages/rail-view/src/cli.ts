#!/usr/bin/env node
import { processSurroundings } from "@railvail/command-line";
import { main } from "./main.js";

// Whoever read the output had enough, as in `rail-view … | head`.
process.stdout.on("error", () => process.exit(0));

process.exitCode = await main(process.argv.slice(2), processSurroundings);
