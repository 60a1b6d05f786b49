import {
  ClientInfo,
  DeactivateAll,
  FlowPdu,
  FrameMarkerOrder,
  LicenseErrorMessage,
  Synchronize,
  Update,
} from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { bytesOf, concat, ids, opening, sendData } from "../testing/session-bytes.js";
import { Watched } from "../testing/watch.js";

const deactivate = bytesOf("0600 1600 ea03");
const synchronize = Synchronize.encode({
  pduSource: 1002,
  shareId: 1,
  streamId: 1,
  uncompressedLength: 8,
  compressedType: 0,
  compressedLength: 0,
  messageType: 1,
  targetUser: 1002,
} as never);
/** A share data header for a body of so many bytes. */
const shareData = (pduType2: number, compressedType: number, body: Uint8Array): Uint8Array => {
  const head = bytesOf("0000 1700 ea03 01000000 00 01 0400 00 00 0000");
  head[0] = head.length + body.length;
  head[14] = pduType2;
  head[15] = compressedType;
  return concat(head, body);
};
const io = (...messages: Uint8Array[]): Watched =>
  new Watched().send("s2c", ...messages.map((message) => sendData("s2c", ids.io, message)));

describe("share PDUs", () => {
  test("several in one message", () => {
    expect(io(concat(synchronize, deactivate)).taken()).toEqual([
      `mcs/io ${Synchronize.name}`,
      `mcs/io ${DeactivateAll.name}`,
    ]);
  });

  test("a length that cannot be takes what is there", () => {
    const wrong = synchronize.slice();
    wrong[0] = 2;
    expect(io(wrong).taken()).toEqual([`mcs/io ${Synchronize.name}`]);
    expect(io(concat(synchronize, [1, 2])).taken()).toEqual([`mcs/io ${Synchronize.name}`, "mcs/io unknown!"]);
  });

  test("unknown types are trouble with the header's fields", () => {
    const [line] = io(shareData(99, 0, new Uint8Array(4))).lines.slice(-1);
    expect(line).toMatchObject({ name: "TS_SHAREDATAHEADER", trouble: "unknown", value: { pduType2: 99 } });
    expect(line?.detail).toMatch(/^no share data PDU that is known here has the type 99/);
    expect(io(concat(deactivate, bytesOf("0800 1200 ea03 0102"))).lines.at(-1)).toMatchObject({
      name: "TS_SHARECONTROLHEADER",
      trouble: "unknown",
      detail: "no share PDU that is known here has the type 2; its bytes are kept",
    });
    expect(io(bytesOf("0800 1700 ea03 0102")).lines.at(-1)?.detail).toMatch(/^too short for a share data header/);
  });

  test("damaged compressed ones are trouble with the header's fields", () => {
    expect(io(shareData(2, 0x21, new Uint8Array(4).fill(0xff))).lines.at(-1)).toMatchObject({
      name: "TS_SHAREDATAHEADER",
      trouble: "compressed",
      value: { pduType2: 2 },
    });
  });

  test("an update without a body is none", () => {
    expect(io(shareData(2, 0, new Uint8Array(0))).taken()).toEqual(["mcs/io TS_SHAREDATAHEADER"]);
  });

  test("a flow PDU", () => {
    expect(io(bytesOf("0080 41 00 01 02 ea03")).taken()).toEqual([`mcs/io ${FlowPdu.name}`]);
  });

  test("orders of a slow-path update are messages of their own", () => {
    const body = bytesOf("0000 0000 0100 0000 36 00000000");
    expect(io(shareData(2, 0, body)).taken()).toEqual([
      `mcs/io ${Update.name}`,
      `mcs/io/altsec ${FrameMarkerOrder.name}`,
    ]);
    expect(
      io(shareData(2, 0, bytesOf("0000 0000 0200 0000 36 00000000")))
        .taken()
        .at(-1),
    ).toBe("mcs/io/orders unknown!");
  });
});

describe("messages with a security header", () => {
  test("by its flags", () => {
    const info = concat(bytesOf("4000 0000"), new Uint8Array(18 + 10));
    expect(new Watched().send("c2s", sendData("c2s", ids.io, info)).taken()).toEqual([`mcs/io ${ClientInfo.name}`]);
    const license = bytesOf("8000 0000 ff03 1000 0700 0000 0200 0000 0400 0000");
    expect(io(license).lines.at(-1)?.pdu).toBe(LicenseErrorMessage);
    expect(io(bytesOf("0100 0000 0400 0000 01020304")).taken()).toEqual(["mcs/io TS_SECURITY_PACKET"]);
    expect(io(bytesOf("0800 0000 0102030405060708 99")).taken()).toEqual(["mcs/io encrypted!"]);
    expect(io(bytesOf("8000 0000 7703 0400")).taken()).toEqual(["mcs/io unknown!"]);
    expect(io(bytesOf("00")).taken()).toEqual(["mcs/io unknown!"]);
  });

  test("the message channel is read in the same way", () => {
    const { c2s, s2c } = opening();
    const watched = new Watched()
      .send("c2s", c2s)
      .send("s2c", s2c, sendData("s2c", 1099, bytesOf("0010 0000 0600 0000 ffff")));
    expect(watched.lines.at(-1)).toMatchObject({ path: "mcs/message", trouble: "unknown" });
    expect(watched.lines.at(-1)?.detail).toMatch(/^no auto-detect message/);
  });
});
