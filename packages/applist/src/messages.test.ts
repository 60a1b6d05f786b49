import { sourceOf, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { applistMessages } from "./messages.js";
import { AppFlags } from "./pdu/app-flags.js";
import { ClientCaps, ServerCaps } from "./pdu/capabilities.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));
const gedit = "0c00 6700 6500 6400 6900 7400 0000";
const icon = {
  flags: 0,
  width: 1,
  height: 1,
  stride: 4,
  bpp: 32,
  format: 2,
  bits: bytesOf("01020304"),
};

/** Each message: its value and its bytes, written by hand from the layout. */
const examples: Readonly<Record<string, readonly [object, string]>> = {
  RDPAPPLIST_SERVER_CAPS_PDU: [
    { version: 4, appListProviderName: "a", appListProviderUniqueId: "b" },
    "01000000 16000000 0400 0400 61000000 0400 62000000",
  ],
  RDPAPPLIST_CLIENT_CAPS_PDU: [
    { version: 4, clientLanguageId: "en_US" },
    `01000000 2a000000 0400 656e5f5553 ${"00".repeat(27)}`,
  ],
  RDPAPPLIST_UPDATE_APPLIST_PDU: [
    {
      flags: AppFlags.newId | AppFlags.sync,
      appId: "gedit",
      appExecPath: "g",
      appWorkingDir: "w",
      appDesc: "",
      appIcon: icon,
    },
    `02000000 48000000 5d001100 ${gedit} 0400 67000000 0400 77000000 0000
     00000000 01000000 01000000 04000000 20000000 02000000 04000000 01020304`,
  ],
  RDPAPPLIST_DELETE_APPLIST_PDU: [{ flags: 0, appId: "gedit" }, `03000000 1a000000 01000000 ${gedit}`],
  RDPAPPLIST_DELETE_APPLIST_PROVIDER_PDU: [
    { flags: 0, appListProviderName: "gedit" },
    `04000000 1a000000 20000000 ${gedit}`,
  ],
  RDPAPPLIST_ASSOCIATE_WINDOW_ID_PDU: [
    { flags: AppFlags.windowId, appWindowId: 5, appId: "gedit" },
    `05000000 1e000000 81000000 05000000 ${gedit}`,
  ],
};

describe("applistMessages", () => {
  test("have an example each", () => {
    expect(applistMessages.members.map((member) => member.name).toSorted()).toEqual(Object.keys(examples).toSorted());
  });

  test.each(applistMessages.members.map((member) => [member.name, member] as const))(
    "%s is written and read as its example",
    (name, member: Pdu) => {
      const [value, hex] = examples[name] as readonly [object, string];
      const wire = bytesOf(hex);
      expect(member.encode(value)).toEqual(wire);
      expect(member.decode(wire)).toEqual(value);
      expect(member.inspect(wire).deviations).toEqual([]);
      const sender = member.sentBy === "client" ? "client" : "server";
      expect(applistMessages.match(sourceOf(wire), 0, wire.length, sender)).toBe(member);
    },
  );

  test("number 1 depends on who sent it", () => {
    expect(applistMessages.member(1, "server")).toBe(ServerCaps);
    expect(applistMessages.member(1, "client")).toBe(ClientCaps);
    expect(applistMessages.member(6, "server")).toBeUndefined();
  });
});
