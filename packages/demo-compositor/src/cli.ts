#!/usr/bin/env node
import { processSurroundings } from "@railvail/command-line";
import { main } from "./main.js";

// Whoever read the output had enough; the windows stay.
process.stdout.on("error", () => undefined);

process.exitCode = await main(process.argv.slice(2), processSurroundings);
