import { readdirSync, readlinkSync, symlinkSync, truncateSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { SectionChild } from "../../testing/section-child.js";
import { temporaryFolder } from "../../testing/temporary.js";
import { isLinux, isMapped } from "../../testing/where-mapped.js";
import { SharedSections, type SectionOptions } from "../index.js";

const mappedKinds = [{}, { trust: "peer" }] as const satisfies readonly SectionOptions[];
const fileKinds = [{ map: false }] as const satisfies readonly SectionOptions[];

const start = async (options: SectionOptions) => {
  const directory = temporaryFolder();
  const store = new SharedSections({ ...options, directory });
  onTestFinished(() => store.close());
  return { directory, store, child: await SectionChild.start({ ...options, directory }) };
};

describe.runIf(isMapped).each(mappedKinds)("on Linux with koffi: two processes, %o", twoProcesses);
describe.runIf(isLinux).each(fileKinds)("on Linux: two processes, %o", twoProcesses);

function twoProcesses(options: SectionOptions): void {
  test("see the same bytes, and nothing is left when both have closed", async () => {
    const { directory, store, child } = await start(options);
    const name = (await child.ask("create", 100_000)) as string;
    await child.ask("write", name, 99_000, [1, 2, 3]);
    const mine = store.open(name, 100_000);
    const into = new Uint8Array(3);
    mine.read(99_000, into);
    expect([...into]).toEqual([1, 2, 3]);
    mine.write(5, Uint8Array.of(200, 201));
    expect(await child.ask("read", name, 5, 2)).toEqual([200, 201]);
    await child.ask("close", name);
    mine.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  test("when the maker is killed the other lives on, and takes the name away", async () => {
    const { directory, store, child } = await start(options);
    const name = (await child.ask("create", 100_000)) as string;
    await child.ask("write", name, 0, [42]);
    const mine = store.open(name, 100_000);
    await child.kill();
    const into = new Uint8Array(1);
    mine.read(0, into);
    expect(into[0]).toBe(42);
    expect(readdirSync(directory)).toHaveLength(2);
    mine.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  test("when the other end is killed the maker lives on, and takes the name away", async () => {
    const { directory, store, child } = await start(options);
    const mine = store.create(5000);
    await child.ask("open", mine.name, 5000);
    await child.kill();
    mine.write(0, Uint8Array.of(1));
    mine.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  test("what killed processes left is swept by the next one, what a living one has is not", async () => {
    const { directory, child } = await start(options);
    const living = await SectionChild.start({ ...options, directory });
    const kept = (await living.ask("create", 10)) as string;
    await child.ask("create", 10);
    await child.kill();
    expect(readdirSync(directory)).toHaveLength(4);
    const next = new SharedSections({ directory });
    expect(readdirSync(directory).sort()).toEqual([`.${kept}`, kept].sort());
    next.open(kept, 10).close();
  });

  test("a process that exits without closing leaves nothing", async () => {
    const { directory, child } = await start(options);
    await child.ask("create", 10);
    await child.ask("exit");
    expect(await child.ended).toBe(0);
    expect(readdirSync(directory)).toEqual([]);
  });
}

describe.runIf(isMapped)("on Linux with koffi: a peer that shrinks a file", () => {
  test.each(["sum", "fill"])("ends a process that has mapped it (%s): the reason for the default", async (command) => {
    const { directory, store, child } = await start({ trust: "peer" });
    const { name } = store.create(1 << 20);
    expect(await child.ask("open", name, 1 << 20)).toBe(true);
    truncateSync(join(directory, name), 4096);
    expect(await child.ask(command, name, 1)).toBeUndefined();
    expect(await child.ended).toBe("SIGBUS");
  });

  test("does nothing to a process that does not trust it", async () => {
    const { directory, child } = await start({});
    const files = new SharedSections({ directory, map: false });
    const section = files.create(1 << 20);
    expect(await child.ask("open", section.name, 1 << 20)).toBe(false);
    truncateSync(join(directory, section.name), 4096);
    expect(await child.ask("read", section.name, 8192, 1)).toBe("too-small");
    expect(await child.ask("backing")).toBe("sealed");
    section.close();
  });

  test("cannot do so with sealed memory, which both have mapped", async () => {
    const { directory, store, child } = await start({});
    const name = (await child.ask("create", 1 << 20)) as string;
    expect(store.open(name, 1 << 20).bytes).toHaveLength(1 << 20);
    expect(() => truncateSync(join(directory, name), 0)).toThrow("EPERM");
    await child.ask("fill", name, 1);
    expect(await child.ask("sum", name)).toBe(1 << 20);
  });
});

test.runIf(isMapped)("on Linux with koffi: mappings that nobody can see any more are given back", async () => {
  const { directory, child } = await start({});
  expect(await child.ask("churn", 64, 16 * 2 ** 20)).toBeLessThan(400);
  expect(readdirSync(directory)).toEqual([]);
});

test.runIf(isLinux)(
  "on Linux: a mark of another run of the system or of other process numbers proves nothing",
  async () => {
    const { directory, child } = await start({ map: false });
    const name = (await child.ask("create", 10)) as string;
    await child.kill();
    const path = join(directory, `.${name}`);
    const mark = readlinkSync(path);
    for (const [index, foreign] of ["00000000-0000", "pid:[1]"].entries()) {
      const parts = mark.split(" ");
      parts[index] = foreign;
      unlinkSync(path);
      symlinkSync(parts.join(" "), path);
      expect(new SharedSections({ directory }).directory).toBe(directory);
      expect(readdirSync(directory)).toHaveLength(2);
    }
    unlinkSync(path);
    symlinkSync(mark, path);
    expect(new SharedSections({ directory }).directory).toBe(directory);
    expect(readdirSync(directory)).toEqual([]);
  },
);
