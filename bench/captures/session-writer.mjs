import {
  chunkStaticMessage,
  ChannelFlags,
  DataPriority,
  DataTpdu,
  FastPathInput,
  fastPathInput,
  FastPathOutput,
  FastPathUpdateCode,
  fragmentDynamicMessage,
  OrdersUpdate,
  segmentMessage,
  SendDataIndication,
  SendDataRequest,
} from "../../packages/transport/dist/index.js";
import { Arena } from "../../packages/wire/dist/index.js";

/** @typedef {import("./conversation.mjs").Direction} Direction */
/** @typedef {import("../../packages/wire/dist/index.js").Pdu<unknown>} AnyPdu */

/** What FreeRDP's clients set on chunks of the `rail` channel. */
const railClientFlags = ChannelFlags.CHANNEL_FLAG_SHOW_PROTOCOL;

/** Writes messages as WSLg's server and its client carry them, and counts them. */
export class SessionWriter {
  /** Messages by direction and name. */
  counts;
  #conversation;
  #start;
  #arena = new Arena(65_536);

  /**
   * @param {import("./conversation.mjs").Conversation} conversation
   * @param {import("./session-start.mjs").SessionStart} start
   */
  constructor(conversation, start) {
    this.#conversation = conversation;
    this.#start = start;
    this.counts = new Map(start.counts);
    for (const { direction, bytes } of start.frames) {
      conversation.write(direction, [bytes]);
      conversation.push(direction);
      conversation.pass(500);
    }
  }

  /** An order of the `rail` channel. @param {Direction} direction @param {AnyPdu} pdu @param {object} value */
  rail(direction, pdu, value) {
    this.#count(direction, pdu.name);
    this.#static(direction, "rail", [pdu.encode(value)], direction === "c2s" ? railClientFlags : 0);
    this.#conversation.push(direction);
  }

  /** @param {Direction} direction @param {string} channel @param {AnyPdu} pdu @param {object} value */
  dynamic(direction, channel, pdu, value) {
    this.#count(direction, pdu.name);
    this.#dynamic(direction, channel, [pdu.encode(value)]);
    this.#conversation.push(direction);
  }

  /** A graphics command, in segments if the server sends it. @param {string} channel @param {AnyPdu} pdu @param {object} value */
  graphics(channel, pdu, value) {
    this.#count("s2c", pdu.name);
    this.#arena.reset();
    this.#dynamic("s2c", channel, segmentMessage(pdu.segments(value, this.#arena), new Arena(1024)));
  }

  /** The server has no more to write for now. */
  push() {
    this.#conversation.push("s2c");
  }

  /** One windowing order in an update of its own. @param {AnyPdu} pdu @param {object} value */
  order(pdu, value) {
    this.#count("s2c", pdu.name);
    this.#update(FastPathUpdateCode.orders, OrdersUpdate.encode({ numberOrders: 1, orderData: pdu.encode(value) }));
  }

  /** @param {number} updateCode @param {AnyPdu} pdu @param {object} value */
  pointer(updateCode, pdu, value) {
    this.#count("s2c", pdu.name);
    this.#update(updateCode, pdu.encode(value));
  }

  /** One event in a packet of its own. @param {import("../../packages/transport/dist/index.js").FastPathInputEvent} event */
  input(event) {
    this.#count("c2s", "TS_FP_INPUT_EVENT");
    this.#conversation.write("c2s", [FastPathInput.encode({ ...fastPathInput([event]), lengthWidth: 2 })]);
    this.#conversation.push("c2s");
  }

  /** @param {number} updateCode @param {Uint8Array} updateData */
  #update(updateCode, updateData) {
    const fpOutputUpdates = [{ updateCode, fragmentation: 0, compression: 0, updateData }];
    this.#conversation.write("s2c", [FastPathOutput.encode({ secureChecksum: 0, lengthWidth: 2, fpOutputUpdates })]);
    this.#conversation.push("s2c");
  }

  /** @param {Direction} direction @param {string} channel @param {readonly Uint8Array[]} message */
  #dynamic(direction, channel, message) {
    const id = this.#start.dynamicChannels.get(channel);
    if (id === undefined) throw new Error(`no channel ${channel}`);
    for (const pdu of fragmentDynamicMessage(id, message, new Arena(1024))) this.#static(direction, "drdynvc", pdu, 0);
  }

  /** @param {Direction} direction @param {string} channel @param {readonly Uint8Array[]} message @param {number} flags */
  #static(direction, channel, message, flags) {
    const channelId = this.#start.staticChannels.get(channel) ?? 0;
    const SendData = direction === "c2s" ? SendDataRequest : SendDataIndication;
    for (const chunk of chunkStaticMessage(message, new Arena(64), { flags })) {
      const data = SendData.encode({
        initiator: this.#start.user,
        channelId,
        dataPriority: DataPriority.high,
        segmentation: 3,
        userDataLengthWidth: 2,
        userData: Buffer.concat(chunk),
      });
      this.#conversation.write(direction, [DataTpdu.encode({ data })]);
    }
  }

  /** @param {Direction} direction @param {string} name */
  #count(direction, name) {
    const key = `${direction} ${name}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
}
