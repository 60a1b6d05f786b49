import { expect, test } from "vitest";
import { recordedStreams } from "../../testing/recorded-streams.js";
import { ClientConnection } from "../connection/client-connection.js";
import { PointerImages, type PointerChange } from "./pointer-images.js";

test("the pointers of a recorded session are shapes", () => {
  const channels = ["rdpdr", "rail", "rdpsnd", "cliprdr", "drdynvc"].map((name) => ({ name, options: 0xc000_0000 }));
  const client = new ClientConnection({ security: "rdp", channels });
  const images = new PointerImages(25);
  const changes: (PointerChange | undefined)[] = [];
  client.command({ type: "connect" }, 0);
  for (const { from, bytes } of recordedStreams("wslg-rail-basic")) {
    if (from !== "server") continue;
    for (const output of client.receive(bytes, 0)) {
      if (output.type === "update") changes.push(images.update(output));
    }
  }
  const hotSpots = changes.flatMap((change) =>
    change?.type === "shape" ? [[change.shape.width, change.shape.hotX, change.shape.hotY]] : [],
  );
  expect(hotSpots.length).toBe(6);
  expect(hotSpots.slice(0, 2)).toEqual([
    [24, 11, 7],
    [24, 4, 4],
  ]);
  expect(changes.filter((change) => change?.type === "problem")).toEqual([]);
});
