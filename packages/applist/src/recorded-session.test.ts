import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clientAfter, received, serverAfter, serverReady } from "../testing/applist-pair.js";
import { applistVocabulary, listedApps, type App, type ApplistServerOutput } from "./index.js";

/** What a client plugin wrote down of a session with WSLg, a message a line. */
const log = readFileSync(
  new URL("../../../fixtures/wslg-vail-gfxredir/client-rdpapplist.log", import.meta.url),
  "latin1",
).split("\n");

const textOf = (line: string, field: string): string =>
  new RegExp(`${field}\\(\\d+\\)="(.*?)\\\\u0000"`).exec(line)?.[1] ?? "";

/** The applications of the log; the bits of their icons are not in it. */
const apps = log
  .filter((line) => line.includes("UPDATE_APPLIST"))
  .map((line): App => {
    const [, width = "0", height = "0", stride = "0", bytes = "0"] =
      /(\d+)x(\d+) stride=(\d+) bpp=32 format=2 bytes=(\d+)/.exec(line) ?? [];
    const size = { flags: 0, width: Number(width), height: Number(height), stride: Number(stride), bpp: 32, format: 2 };
    return {
      id: textOf(line, "appId"),
      execPath: textOf(line, "appExecPath"),
      desc: textOf(line, "appDesc"),
      icon: { ...size, bits: new Uint8Array(Number(bytes)) },
    };
  });

const encoded = (outputs: readonly ApplistServerOutput[]): Uint8Array[] =>
  outputs.flatMap((output) => (output.type === "send" ? [applistVocabulary.encode(output.message)] : []));

const lengthOf = (line: string): number => Number(/len=(\d+)/.exec(line)?.[1]);

test("the server tells of WSLg's list in messages of the same lengths and flags", () => {
  const { outputs } = serverAfter([...serverReady, { type: "synchronise", apps }]);
  const lines = log.filter((line) => line.includes("UPDATE_APPLIST"));
  expect(lines).toHaveLength(3);
  expect(
    encoded(outputs).map((bytes) => [bytes.length, new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)]),
  ).toEqual(lines.map((line) => [lengthOf(line), Number(/flags=(\w+)/.exec(line)?.[1])]));
  const greeting = log.find((line) => line.startsWith("S->C CAPS")) ?? "";
  const [caps] = encoded(
    serverAfter([{ type: "opened" }], {
      providerName: textOf(greeting, "providerName"),
      providerId: textOf(greeting, "providerUniqueId"),
    }).outputs,
  );
  expect(caps).toHaveLength(lengthOf(greeting));
});

test("the client lists what WSLg told of", () => {
  const greeting = log.find((line) => line.startsWith("S->C CAPS")) ?? "";
  const caps = received("serverCaps", {
    version: 4,
    appListProviderName: textOf(greeting, "providerName"),
    appListProviderUniqueId: textOf(greeting, "providerUniqueId"),
  });
  const { outputs } = serverAfter([...serverReady, { type: "synchronise", apps }]);
  const messages = outputs.flatMap((output) =>
    output.type === "send" ? [{ type: "received", message: output.message } as const] : [],
  );
  const { state } = clientAfter([{ type: "opened" }, caps, ...messages]);
  expect(listedApps(state).map(({ id }) => id)).toEqual(["debian-xterm", "q16", "debian-uxterm"]);
  expect(state.syncing).toBe(false);
});
