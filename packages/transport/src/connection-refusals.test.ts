import { existsSync, readFileSync } from "node:fs";
import { DecodeError, pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { SoftSyncRequest, SoftSyncResponse } from "./pdu/drdynvc-soft-sync.js";
import { clientBlocks } from "./pdu/gcc-conference-create.js";
import { ServerSecurityData } from "./pdu/server-security-data.js";

const folder = "../shared/vectors/open";
const vectors = ["gcc", "dvc"]
  .filter((area) => existsSync(`${folder}/${area}.json`))
  .flatMap((area) => JSON.parse(readFileSync(`${folder}/${area}.json`, "utf8")) as { name: string; hex: string }[]);
// Skipped only where the bytes of other projects are not beside the repository.
const described = vectors.length === 0 ? describe.skip : describe;
const hexOf = (name: string): Uint8Array =>
  new Uint8Array(Buffer.from(vectors.find((vector) => vector.name === name)?.hex ?? "", "hex"));

described("what other projects refuse (skipped without ../shared/vectors)", () => {
  test("a block of length 0", () => {
    const of = pdu("CS", "test", { blocks: clientBlocks });
    expect(() => of.decode(hexOf("gcc.block-length-zero"))).toThrow(DecodeError);
  });

  test("a server random of 33 bytes is kept: its length is the cipher's business", () => {
    const bytes = hexOf("gcc.server-security-invalid-random-length");
    const whole = Uint8Array.from([0x02, 0x0c, bytes.length + 4, 0, ...bytes]);
    const value = ServerSecurityData.decode(whole);
    expect(value.keys?.serverRandom.length).toBe(33);
    expect(ServerSecurityData.encode(value)).toEqual(whole);
  });

  test("a channel listed twice in a Soft-Sync request is kept", () => {
    const bytes = hexOf("dvc.soft-sync-request-duplicate-channel");
    const value = SoftSyncRequest.decode(bytes);
    expect(value.channelLists.map(({ channelIds }) => channelIds)).toEqual([[771], [771]]);
    expect(SoftSyncRequest.encode(value)).toEqual(bytes);
  });

  test("four thousand million tunnels in a message of 6 bytes", () => {
    expect(() => SoftSyncResponse.decode(hexOf("dvc.soft-sync-response-too-many"))).toThrow(DecodeError);
  });

  test("an unknown block is kept", () => {
    const of = pdu("CS", "test", { blocks: clientBlocks });
    const bytes = hexOf("gcc.unknown-block");
    expect(of.encode(of.decode(bytes))).toEqual(bytes);
    expect(of.inspect(bytes).deviations.map(({ rule }) => rule)).toEqual(["unknown-tag"]);
  });
});
