// node bench/captures/generate.mjs <bulk|small> <bytes> <file>: writes a capture and prints, as JSON,
// what is in it. The same arguments give the same bytes.
import * as bulk from "./bulk-session.mjs";
import { Conversation } from "./conversation.mjs";
import { PacketFile } from "./packets.mjs";
import { sessionStart } from "./session-start.mjs";
import { SessionWriter } from "./session-writer.mjs";
import * as small from "./small-session.mjs";

/** @typedef {{ bytes: number, packets: number, counts: Record<string, number> }} Generated */

const sessions = { bulk, small };

const [kind, bytes, path] = process.argv.slice(2);
const session = sessions[/** @type {keyof typeof sessions} */ (kind)];
const start = await sessionStart(session.fixture, session.ends);
const file = new PacketFile(path);
const conversation = new Conversation(file);
const writer = new SessionWriter(conversation, start);
const limit = Number(bytes);
session.write(writer, conversation, () => file.size >= limit);
conversation.end();
file.close();
/** @type {Generated} */
const generated = { bytes: file.bytes, packets: file.packets, counts: Object.fromEntries(writer.counts) };
process.stdout.write(`${JSON.stringify(generated)}\n`);
