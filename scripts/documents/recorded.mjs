import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.mjs";
import { load } from "./load.mjs";

/**
 * The declarations whose messages stand by themselves in each recorded session of `fixtures/`.
 * @returns {Promise<Map<string, Set<unknown>>>}
 */
export async function recorded() {
  const { openCapture, readCapture } = await load("capture");
  const { Dissector } = await load("dissect");
  const seen = new Map();
  const folder = join(root, "fixtures");
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name, "session.pcap.gz");
    if (!existsSync(path)) continue;
    const pdus = new Set();
    seen.set(name, pdus);
    const connections = new Map();
    const sink = (record) => {
      if (record.type === "message" && record.trouble === undefined) pdus.add(record.pdu);
    };
    for await (const batch of readCapture(openCapture(path))) {
      for (const event of batch) {
        if (event.type === "open")
          connections.set(event.connection, new Dissector({ connection: event.connection.id, sink }));
        else if (event.type === "data") connections.get(event.connection).data(event.direction, event.bytes, event);
      }
    }
  }
  return seen;
}
