import { Handshake } from "@railvail/rail";
import { describe, expect, test } from "vitest";
import { openedSession } from "../testing/opened.js";
import {
  bytesOf,
  chunk,
  concat,
  connectionConfirm,
  first,
  ids,
  last,
  opening,
  sendData,
} from "../testing/session-bytes.js";
import { Watched } from "../testing/watch.js";

const handshake = Handshake.encode({ buildNumber: 7601 });

describe("TLS", () => {
  const records = concat([0x16, 3, 1, 0, 5], new Uint8Array(5), [0x17, 3, 3, 0, 2, 1, 2]);

  test("a record for each packet says what to supply", () => {
    const watched = new Watched().send("s2c", connectionConfirm(1)).send("c2s", records, records.subarray(3)).end();
    expect(watched.taken()).toEqual(["x224 X224_CCF", "tls encrypted!", "tls encrypted!"]);
    watched.send("s2c", records);
    expect(watched.lines[0]?.detail).toContain("SSLKEYLOGFILE");
  });

  test("is known without its beginning, and by the other direction", () => {
    const watched = new Watched(true)
      .send("s2c", concat([1, 2, 3], records))
      .send("c2s", Uint8Array.of(1, 2), Uint8Array.of(3))
      .end();
    expect(watched.taken()).toEqual(["stream skipped!", "tls encrypted!", "tls encrypted!", "tls encrypted!"]);
  });

  test("does not begin within a session, even if missing bytes make it look so", () => {
    const order = sendData("c2s", ids.rail, chunk(handshake.length, first | last, handshake));
    // 0x17 is the key I, and the header of a TLS record together with that of the order: 17 03 00 00 22.
    const watched = openedSession()
      .gap("c2s")
      .send("c2s", bytesOf("80 05 01 17"), order, bytesOf("04 80 05 00"))
      .gap("c2s")
      .send("c2s", bytesOf("04 80 05 01 26"), order);
    expect(watched.taken()).toEqual([
      "stream skipped!",
      "mcs/rail TS_RAIL_ORDER_HANDSHAKE",
      "stream incomplete!",
      "fastpath-in TS_FP_INPUT_EVENT",
      "mcs/rail TS_RAIL_ORDER_HANDSHAKE",
    ]);
  });
});

describe("Standard RDP Security", () => {
  test("what is encrypted says so, what is not is read", () => {
    const { c2s, s2c } = opening({ encryptionMethod: 2 });
    const watched = new Watched().send("c2s", c2s).send("s2c", s2c);
    const message = chunk(handshake.length, first | last, handshake);
    watched.send("s2c", sendData("s2c", ids.rail, concat(bytesOf("08000000 0102030405060708"), message)));
    watched.send("s2c", sendData("s2c", ids.rail, concat(bytesOf("00000000"), message)));
    watched.send("s2c", sendData("s2c", ids.io, concat(bytesOf("08000000 0102030405060708"), message)));
    watched.send("s2c", sendData("s2c", ids.io, bytesOf("00000000 0600 1600 ea03")));
    watched.send("s2c", bytesOf("80 0d 0102030405060708 000000"));
    expect(watched.taken().slice(2)).toEqual([
      "mcs/rail encrypted!",
      "mcs/rail TS_RAIL_ORDER_HANDSHAKE",
      "mcs/io encrypted!",
      "mcs/io TS_DEACTIVATE_ALL_PDU",
      "fastpath-out encrypted!",
    ]);
  });
});
