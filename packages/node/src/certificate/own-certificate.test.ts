import { X509Certificate } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { describe, expect, onTestFinished, test } from "vitest";
import { testCertificate } from "../../testing/certificate.js";
import { temporaryFolder } from "../../testing/temporary.js";
import { ownCertificate } from "../index.js";
import { discardCertificate, readCertificate, storeCertificate } from "./certificate-file.js";

const year = 365 * 24 * 60 * 60 * 1000;

describe("the certificate of this machine", () => {
  test("is made once, also by processes that begin at the same time, and kept for its owner only", async () => {
    const directory = join(temporaryFolder(), "deep", "state");
    const all = await Promise.all(["a", "b"].map((name) => ownCertificate({ directory, name })));
    const again = await ownCertificate({ directory, name: "d" });
    expect(new Set([...all, again].map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(readdirSync(directory)).toEqual(["certificate.pem"]);
    expect(statSync(again.path).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  test("names the machine, is for servers, and lasts two years", async () => {
    const { certificate, fingerprint } = await testCertificate();
    const parsed = new X509Certificate(certificate);
    expect(parsed.checkHost("localhost")).toBe("localhost");
    expect(parsed.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(parsed.ca).toBe(false);
    expect(parsed.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(Date.parse(parsed.validTo)).toBeGreaterThan(Date.now() + 2 * year);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  test("is kept in XDG_STATE_HOME", async () => {
    const state = temporaryFolder();
    const before = process.env["XDG_STATE_HOME"];
    process.env["XDG_STATE_HOME"] = state;
    onTestFinished(() => {
      if (before === undefined) delete process.env["XDG_STATE_HOME"];
      else process.env["XDG_STATE_HOME"] = before;
    });
    mkdirSync(join(state, "railvail"));
    copyFileSync((await testCertificate()).path, join(state, "railvail", "certificate.pem"));
    expect((await ownCertificate()).path).toBe(join(state, "railvail", "certificate.pem"));
  });
});

describe("a file", () => {
  const stored = async (change: (path: string, good: string) => void) => {
    const path = join(temporaryFolder(), "certificate.pem");
    const { path: from } = await testCertificate();
    copyFileSync(from, path);
    chmodSync(path, 0o600);
    change(path, readFileSync(from, "utf8"));
    return path;
  };
  const outdated = async (from: number, to: number): Promise<string> => {
    const dates = { notBeforeDate: new Date(Date.now() + from), notAfterDate: new Date(Date.now() + to) };
    const made = await generate([{ name: "commonName", value: "x" }], { ...dates, keyType: "ec", algorithm: "sha256" });
    return `${made.private}\n${made.cert}`;
  };

  test("that is whole is used", async () => {
    const { certificate } = await testCertificate();
    expect(readCertificate(await stored(() => undefined), Date.now())).toMatchObject({ certificate });
  });

  test.each<[string, (path: string, good: string) => void]>([
    ["is empty", (path) => writeFileSync(path, "")],
    ["was cut off", (path, good) => writeFileSync(path, good.slice(0, -200))],
    ["has no key", (path, good) => writeFileSync(path, good.slice(good.indexOf("-----BEGIN CERT")))],
    [
      "has a damaged certificate",
      (path, good) => writeFileSync(path, good.replace(/(-----BEGIN CERT[^\n]*\n.)./, "$1!")),
    ],
    ["is huge", (path, good) => writeFileSync(path, good + " ".repeat(100_000))],
    ["others may read", (path) => chmodSync(path, 0o640)],
  ])("that %s is useless", async (_, change) => {
    expect(readCertificate(await stored(change), Date.now())).toBe("useless");
  });

  test("whose certificate has ended, ends within a day or has not begun is useless", async () => {
    const hour = 60 * 60 * 1000;
    for (const text of [outdated(-year, -hour), outdated(-hour, hour), outdated(hour, year)].map(async (one) => one)) {
      const good = await text;
      expect(readCertificate(await stored((path) => writeFileSync(path, good)), Date.now())).toBe("useless");
    }
  });

  test("whose key belongs to another certificate is useless", async () => {
    const other = await outdated(-year, year);
    const key = other.slice(0, other.indexOf("-----BEGIN CERT"));
    const path = await stored((path, good) => writeFileSync(path, key + good.slice(good.indexOf("-----BEGIN CERT"))));
    expect(readCertificate(path, Date.now())).toBe("useless");
  });

  test("that is a link or a folder is useless, and one that is not there is missing", async () => {
    const folder = temporaryFolder();
    symlinkSync((await testCertificate()).path, join(folder, "link"));
    expect(readCertificate(join(folder, "link"), Date.now())).toBe("useless");
    expect(readCertificate(folder, Date.now())).toBe("useless");
    expect(readCertificate(join(folder, "none"), Date.now())).toBe("missing");
  });

  test("that is useless is replaced", async () => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, "certificate.pem"), "nonsense", { mode: 0o600 });
    const { path } = await ownCertificate({ directory });
    expect(readCertificate(path, Date.now())).toBeTypeOf("object");
    expect(readdirSync(directory)).toEqual(["certificate.pem"]);
  });

  test("that is useless is taken away, whatever it is", async () => {
    const made = await testCertificate();
    for (const change of [(path: string) => symlinkSync("/dev/zero", path), (path: string) => mkdirSync(path)]) {
      const directory = temporaryFolder();
      const path = join(directory, "certificate.pem");
      change(path);
      discardCertificate(path, Date.now());
      expect(readdirSync(directory)).toEqual([]);
      expect(storeCertificate(path, made)).toBe(true);
      expect(readCertificate(path, Date.now())).toMatchObject({ certificate: made.certificate.trim() });
    }
  });

  test("that another process has replaced in the meantime is not taken away", async () => {
    const path = await stored(() => undefined);
    discardCertificate(path, Date.now());
    expect(readCertificate(path, Date.now())).toBeTypeOf("object");
    expect(storeCertificate(path, await testCertificate())).toBe(false);
    expect(readdirSync(join(path, ".."))).toEqual(["certificate.pem"]);
  });
});
