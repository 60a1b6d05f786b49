import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SharedSections, type SectionOptions } from "@railvail/node";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ChildOptions, ChildReport } from "./vail-child.js";
import { childProgram, VailProcess } from "./vail-process.js";

const linux = process.platform === "linux";
const rounds = 10;
/** Milliseconds from the beginning of a session within which a side is killed. */
const life = 250;
/** A present or an acknowledgement with all its headers has fewer bytes. */
const bytesOfFrame = 200;

beforeAll(() => childProgram(), 60_000);
afterAll(async () => rmSync(dirname(await childProgram()), { recursive: true, force: true }));

function place(sections: SectionOptions) {
  const folder = mkdtempSync(join(tmpdir(), "railvail-vail-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const directory = join(folder, "sections");
  mkdirSync(directory);
  const start = (role: ChildOptions["role"], vailPictures: ChildOptions["vailPictures"] = "copied") =>
    VailProcess.start({ role, socket: join(folder, "socket"), sections: { ...sections, directory }, vailPictures });
  return { start, names: () => readdirSync(directory) };
}

/** Looks again and again, for ten seconds at most. */
async function until<T>(look: () => T | Promise<T>, isRight: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const seen = await look();
    if (isRight(seen) || Date.now() > end) return seen;
    await pause(20);
  }
}

const isEmpty = ({ length }: readonly string[]): boolean => length === 0;
const isShowing = ({ frames }: ChildReport): boolean => frames > 0;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Stops drawing: then the viewer has to show what was drawn last. */
async function expectSamePixels(server: VailProcess, viewer: VailProcess): Promise<ChildReport> {
  await until(
    () => viewer.report(),
    ({ frames }) => frames >= 20,
  );
  await server.ask("stop");
  const drawn = await server.report();
  const expected = JSON.stringify(drawn.hashes);
  const shown = await until(
    () => viewer.report(),
    ({ hashes }) => JSON.stringify(hashes) === expected,
  );
  expect(Object.keys(shown.hashes)).toHaveLength(2);
  expect(shown).toMatchObject({ hashes: drawn.hashes, paths: ["vail"], torn: 0, violations: [] });
  expect(drawn).toMatchObject({ paths: ["vail"], violations: [] });
  return shown;
}

/** On Linux with koffi. */
function canMap(): boolean {
  const directory = mkdtempSync(join(tmpdir(), "railvail-vail-"));
  const { backing } = new SharedSections({ directory });
  rmSync(directory, { recursive: true });
  return linux && backing === "sealed";
}

const mapped = canMap();
const kinds = [
  {
    name: "mapped memory (with koffi on Linux), shared with the viewer",
    sections: {},
    pictures: "shared",
    can: mapped,
  },
  { name: "mapped memory (with koffi on Linux), copied by the viewer", sections: {}, pictures: "copied", can: mapped },
  { name: "plain files, as without koffi", sections: { map: false }, pictures: "copied", can: true },
] as const;

describe.each(kinds)("VAIL between two processes over $name", ({ sections, pictures, can }) => {
  // Memory can be mapped where there is koffi.
  test.runIf(can)("the pixels are equal, none went through the socket, and no section is left", async () => {
    const { start, names } = place(sections);
    const [server, viewer] = await Promise.all([start("server"), start("viewer", pictures)]);
    await viewer.ask("connect");
    const { frames, bytes } = await expectSamePixels(server, viewer);
    expect(bytes).toBeLessThan(frames * bytesOfFrame);
    expect(names()).toHaveLength(4);
    await server.ask("close");
    await until(
      () => viewer.report(),
      ({ alone }) => alone,
    );
    expect(await until(names, isEmpty)).toEqual([]);
  });

  test.runIf(can && linux && pictures === "copied")(
    "on Linux: either side may be killed at any moment, the other lives on, and no name is left",
    { timeout: 120_000 },
    async () => {
      const { start, names } = place(sections);
      let [server, viewer] = await Promise.all([start("server"), start("viewer")]);
      for (let round = 0; round < rounds; round++) {
        const moment = Math.random() * life;
        const side = round % 2 === 0 ? "server" : "viewer";
        // Half of them while the session is coming up, or soon after.
        const shows = round % 4 >= 2;
        const what = `the ${side} was killed ${moment} ms after ${shows ? "its first frame" : "it began"}`;
        void server.ask("draw");
        void viewer.ask("connect");
        if (shows) await until(() => viewer.report(), isShowing);
        await pause(moment);
        await (side === "server" ? server : viewer).kill();
        const left = await until(
          () => (side === "server" ? viewer : server).report(),
          ({ alone }) => alone,
        );
        expect(left, what).toMatchObject({ alone: true, torn: 0 });
        if (shows) expect(await until(names, isEmpty), what).toEqual([]);
        // What a killed server has made and nobody has opened yet is taken away by the next one.
        if (side === "server") server = await start("server");
        else viewer = await start("viewer");
        expect(await until(names, isEmpty), what).toEqual([]);
      }
      await server.ask("draw");
      await viewer.ask("connect");
      await expectSamePixels(server, viewer);
      await server.ask("close");
      expect(await until(names, isEmpty)).toEqual([]);
    },
  );
});
