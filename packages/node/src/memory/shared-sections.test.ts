import { execFileSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  closeSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { SectionError, type SectionFault } from "@railvail/session";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../testing/temporary.js";
import { isLinux, isMapped } from "../../testing/where-mapped.js";
import { SharedSections, type SectionOptions } from "../index.js";
import { libc } from "./libc.js";
import { isSectionName } from "./section-name.js";

const mappedKinds: readonly [string, SectionOptions][] = [
  ["sealed", {}],
  ["mapped", { trust: "peer" }],
];
const fileKinds: readonly [string, SectionOptions][] = [
  ["file", { map: false }],
  ["file", { seal: false }],
];
const kinds = [...mappedKinds, ...fileKinds];

const isInstalled = (name: string): boolean => {
  try {
    return createRequire(import.meta.url).resolve(name) !== "";
  } catch {
    return false;
  }
};

test.runIf(process.platform === "linux" && process.arch === "x64" && isInstalled("koffi"))(
  "on Linux x64 with koffi installed: memory can be mapped, so that no test of it is left out",
  () => {
    expect(libc()).toBeDefined();
    expect(isMapped).toBe(true);
  },
);

const faultOf = (action: () => unknown): SectionFault | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(SectionError);
    return (error as SectionError).fault;
  }
};

const storesIn = (directory: string, ...options: readonly SectionOptions[]): SharedSections[] => {
  const stores = options.map((one) => new SharedSections({ ...one, directory }));
  onTestFinished(() => {
    for (const store of stores) store.close();
  });
  return stores;
};

const names = (directory: string): string[] => readdirSync(directory).filter((name) => !name.startsWith("."));

describe.runIf(isMapped).each(mappedKinds)("on Linux with koffi: a section that is %s, by %o", aSection);
describe.runIf(isLinux).each(fileKinds)("on Linux: a section that is a %s, by %o", aSection);

function aSection(backing: string, options: SectionOptions): void {
  const pair = () => {
    const directory = join(temporaryFolder(), "sections");
    const [server, client] = storesIn(directory, options, options) as [SharedSections, SharedSections];
    return { directory, server, client };
  };

  test("is shared: what one end writes the other reads", () => {
    const { server, client } = pair();
    expect(server.backing).toBe(backing);
    const bytes = fc.uint8Array({ maxLength: 5000, size: "max" });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.array(fc.tuple(fc.nat(20_000), bytes)), (size, writes) => {
        const mine = server.create(size);
        const theirs = client.open(mine.name, mine.size);
        const model = new Uint8Array(mine.size);
        for (const [index, [at, part]] of writes.entries()) {
          const [from, to] = index % 2 === 0 ? [mine, theirs] : [theirs, mine];
          if (at + part.length > mine.size) {
            expect(faultOf(() => from.write(at, part))).toBe("out-of-range");
            continue;
          }
          from.write(at, part);
          model.set(part, at);
          const into = new Uint8Array(part.length);
          to.read(at, into);
          expect(into).toEqual(part);
        }
        const all = new Uint8Array(mine.size);
        theirs.read(0, all);
        expect(Buffer.compare(all, model)).toBe(0);
        expect(mine.bytes === undefined).toBe(backing === "file");
        if (mine.bytes !== undefined) expect(Buffer.compare(mine.bytes, model)).toBe(0);
        if (theirs.bytes !== undefined) expect(theirs.bytes.length).toBe(mine.size);
        theirs.close();
        mine.close();
      }),
      { numRuns: 12 },
    );
  });

  test("has whole pages, a GUID for a name, and is its owner's only", () => {
    const { directory, server } = pair();
    for (const [asked, size] of [
      [1, 4096],
      [4096, 4096],
      [4097, 8192],
      [1920 * 1080 * 4, 8_294_400],
    ] as const) {
      const section = server.create(asked);
      expect(section.size).toBe(size);
      expect(section.name).toHaveLength(38);
      expect(isSectionName(section.name)).toBe(true);
      const facts = statSync(join(directory, section.name));
      expect([facts.size, facts.mode & 0o777, facts.isFile()]).toEqual([size, 0o600, true]);
      section.close();
    }
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  test("loses its name when its maker closes it, and lives on where it is open", () => {
    const { directory, server, client } = pair();
    const mine = server.create(10);
    mine.write(3, Uint8Array.of(7));
    const theirs = client.open(mine.name, 10);
    mine.close();
    mine.close();
    expect(readdirSync(directory)).toEqual([]);
    const into = new Uint8Array(1);
    theirs.read(3, into);
    expect(into[0]).toBe(7);
    theirs.close();
    theirs.close();
    for (const one of [mine, theirs]) {
      expect(one.bytes).toBeUndefined();
      expect(faultOf(() => one.read(0, into))).toBe("closed");
      expect(faultOf(() => one.write(0, into))).toBe("closed");
    }
  });

  test("keeps its name when another end closes it", () => {
    const { directory, server, client } = pair();
    const mine = server.create(10);
    client.open(mine.name, 10).close();
    expect(names(directory)).toEqual([mine.name]);
    server.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  test("is opened by every other kind of store", () => {
    const { directory, server } = pair();
    for (const [, other] of kinds) {
      const [client] = storesIn(directory, other) as [SharedSections];
      const mine = server.create(5000);
      const theirs = client.open(mine.name, 5000);
      theirs.write(4990, Uint8Array.of(1, 2, 3));
      const into = new Uint8Array(3);
      mine.read(4990, into);
      expect([...into]).toEqual([1, 2, 3]);
    }
  });

  test("is not smaller than the peer says", () => {
    const { server, client } = pair();
    const { name, size } = server.create(5000);
    expect(faultOf(() => client.open(name, size + 1))).toBe("too-small");
    expect(faultOf(() => client.open(name, size))).toBeUndefined();
  });

  test("a view that is kept too long shows zeros, and does no harm", () => {
    const { server } = pair();
    const section = server.create(100_000);
    const view = section.bytes;
    if (view === undefined) return;
    view.fill(9);
    const part = view.subarray(50_000, 50_010);
    section.close();
    expect([...part]).toEqual(Array.from({ length: 10 }, () => 0));
    view.fill(1);
    expect(view[99_999]).toBe(1);
  });
}

describe("names from a peer", () => {
  test("never leave the directory: only a GUID in braces is looked up", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "secret"), "x".repeat(5000));
    const [store] = storesIn(join(folder, "sections"), {}) as [SharedSections];
    const guid = "0b2f1f0e-7a51-4c52-9e0d-3f1f6f7a8b9c";
    const crafted = [
      "",
      "../secret",
      "{../secret}",
      guid,
      `{${guid}}/..`,
      `../{${guid}}`,
      `{${guid}}\0`,
      `{${guid}}\n`,
      `.{${guid}}`,
    ];
    for (const name of crafted) expect(faultOf(() => store.open(name, 1))).toBe("bad-name");
    const character = fc.constantFrom("{", "}", "-", ".", "/", "\\", "0", "a", "F", "9", " ", "\0");
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: character, minLength: 36, maxLength: 40 })), (name) => {
        expect(faultOf(() => store.open(name, 1))).toBe(isSectionName(name) ? "not-found" : "bad-name");
      }),
    );
    expect(faultOf(() => store.open(`{${guid.toUpperCase()}}`, 1))).toBe("not-found");
  });

  test("sizes from a peer are checked before anything is looked up", () => {
    const [store] = storesIn(temporaryFolder(), { maximumSize: 10_000 }) as [SharedSections];
    const { name } = store.create(8192);
    for (const size of [0, -1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY, 10_001]) {
      expect(faultOf(() => store.open(name, size))).toBe("bad-size");
      expect(faultOf(() => store.create(size === 0.5 ? 0 : size))).toBe("bad-size");
    }
  });
});

describe.runIf(isLinux)("on Linux: what has the name of a section and is none is refused", () => {
  const name = "{0b2f1f0e-7a51-4c52-9e0d-3f1f6f7a8b9c}";
  const refused = { faults: kinds.map(() => "refused"), secret: "x".repeat(5000) };
  /** What comes of opening it in each kind of store, and of the file that it must not reach. */
  const opened = (make: (path: string, folder: string) => void) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "secret"), "x".repeat(5000));
    const directory = join(folder, "sections");
    const faults = kinds.map(([, options]) => {
      const [store] = storesIn(directory, options) as [SharedSections];
      rmSync(join(directory, name), { force: true, recursive: true });
      make(join(directory, name), folder);
      return faultOf(() => store.open(name, 100));
    });
    return { faults, secret: readFileSync(join(folder, "secret"), "latin1") };
  };

  test.each<[string, (path: string, folder: string) => void]>([
    ["a folder", (path) => mkdirSync(path)],
    ["a pipe", (path) => void execFileSync("sh", ["-c", 'mkfifo "$0"', path])],
    ["a link to a file", (path, folder) => symlinkSync(join(folder, "secret"), path)],
    ["a link to nothing", (path) => symlinkSync("/nowhere", path)],
    ["a link to a device", (path) => symlinkSync("/dev/zero", path)],
    [
      "a link to a file that is open here",
      (path, folder) => {
        const descriptor = openSync(join(folder, "secret"), "r+");
        onTestFinished(() => closeSync(descriptor));
        symlinkSync(`/proc/${process.pid}/fd/${descriptor}`, path);
      },
    ],
  ])("%s", (_, make) => {
    expect(opened(make)).toEqual(refused);
  });

  test.runIf(isMapped)("with koffi: a link to other memory", () => {
    const toMemory = (path: string): void => {
      const descriptor = libc()?.createMemory("railvail-other") ?? 0;
      onTestFinished(() => closeSync(descriptor));
      symlinkSync(`/proc/${process.pid}/fd/${descriptor}`, path);
    };
    expect(opened(toMemory)).toEqual(refused);
  });

  test.runIf(isMapped)("with koffi: memory of the right name that is not sealed is not mapped", () => {
    const [store] = storesIn(temporaryFolder(), {}) as [SharedSections];
    const descriptor = libc()?.createMemory(`railvail-${name}`) ?? 0;
    onTestFinished(() => closeSync(descriptor));
    truncateSync(`/proc/self/fd/${descriptor}`, 4096);
    symlinkSync(`/proc/${process.pid}/fd/${descriptor}`, join(store.directory, name));
    expect(store.open(name, 4096).bytes).toBeUndefined();
  });
});

test.runIf(isMapped)("on Linux with koffi: a sealed section cannot be shrunk or grown by anybody", () => {
  const [store] = storesIn(temporaryFolder(), {}) as [SharedSections];
  const { name } = store.create(8192);
  for (const size of [0, 4096, 16_384]) {
    expect(() => truncateSync(join(store.directory, name), size)).toThrow("EPERM");
  }
});

test("a plain file that was shrunk by a peer is an error when it is read", () => {
  const [store] = storesIn(temporaryFolder(), { map: false }) as [SharedSections];
  const section = store.create(8192);
  truncateSync(join(store.directory, section.name), 4096);
  expect(faultOf(() => section.read(4000, new Uint8Array(200)))).toBe("too-small");
  expect(faultOf(() => section.read(0, new Uint8Array(4096)))).toBeUndefined();
});

describe("the directory", () => {
  const withRuntime = (path: string): void => {
    const before = process.env["XDG_RUNTIME_DIR"];
    process.env["XDG_RUNTIME_DIR"] = path;
    onTestFinished(() => {
      if (before === undefined) delete process.env["XDG_RUNTIME_DIR"];
      else process.env["XDG_RUNTIME_DIR"] = before;
    });
  };

  test("is in XDG_RUNTIME_DIR and the user's own", () => {
    const runtime = temporaryFolder();
    withRuntime(runtime);
    const store = new SharedSections();
    expect(store.directory).toBe(join(runtime, "railvail"));
    expect(lstatSync(store.directory).mode & 0o777).toBe(0o700);
    chmodSync(store.directory, 0o777);
    expect(faultOf(() => new SharedSections())).toBe("refused");
    rmSync(store.directory, { recursive: true });
    symlinkSync(temporaryFolder(), store.directory);
    expect(faultOf(() => new SharedSections())).toBe("refused");
  });

  test("that cannot be made is an error", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    expect(faultOf(() => new SharedSections({ directory: join(folder, "file") }))).toBe("system");
  });

  test("is swept: marks of processes that are gone go with what they name, all else stays", () => {
    const directory = temporaryFolder();
    const [living] = storesIn(directory, { map: false }) as [SharedSections];
    const kept = living.create(10).name;
    const foreign = "{0b2f1f0e-7a51-4c52-9e0d-000000000000}";
    writeFileSync(join(directory, foreign), "");
    writeFileSync(join(directory, ".note"), "");
    for (const text of ["nonsense", "", "a b c d"]) {
      const other = foreign.replace("0000}", `${1000 + text.length}}`);
      writeFileSync(join(directory, other), "");
      if (text !== "") symlinkSync(text, join(directory, `.${other}`));
    }
    const before = readdirSync(directory).sort();
    storesIn(directory, {});
    expect(readdirSync(directory).sort()).toEqual(before);
    expect(before).toContain(kept);
  });
});
