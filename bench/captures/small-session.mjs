import {
  BufferFormat,
  ClosePool,
  CreateBuffer,
  DestroyBuffer,
  OpenPool,
  PresentBuffer,
  PresentBufferAck,
} from "../../packages/gfxredir/dist/index.js";
import {
  Activate,
  markerWindowId,
  MinMaxInfo,
  MonitoredDesktop,
  SysCommand,
  SystemCommand,
  WindowDeleted,
  WindowMove,
  WindowState,
} from "../../packages/rail/dist/index.js";
import { FastPathUpdateCode, LargePointer } from "../../packages/transport/dist/index.js";
import { box, longTitle, plainPresent, windowOrders } from "../messages.mjs";
import { seeded } from "./random.mjs";

/** @typedef {import("./session-writer.mjs").SessionWriter} SessionWriter */
/** @typedef {import("./conversation.mjs").Conversation} Conversation */

export const title = "small: VAIL presents, window and rail orders, pointers, input";
export const fixture = "wslg-vail-gfxredir";
/** @param {import("./session-start.mjs").Message} message */
export const ends = ({ name }) => name === "GFXREDIR_OPEN_POOL_PDU";

const channel = "Microsoft::Windows::RDS::RemoteAppGraphicsRedirection";
/** Windows of a session. */
const [fewest, most] = [2, 12];
const pointerSize = 24;

/** How often things happened in the recorded session; mouse events in `wslg-rail-basic`, for there are none. */
const weights = /** @type {const} */ ({
  present: 44,
  key: 10,
  mouse: 10,
  activate: 11,
  move: 7,
  update: 8,
  desktop: 4,
  open: 3,
  close: 3,
  pointer: 2,
  command: 1,
});
/** @typedef {keyof typeof weights} Act */

/** Each act as often as its weight says. */
const acts = /** @type {Act[]} */ (Object.keys(weights)).flatMap((act) =>
  Array.from({ length: weights[act] }, () => act),
);

/** A session in which windows come and go, are drawn and moved. */
class Windows {
  /** @type {ReturnType<typeof box>[]} */
  #open = [];
  #lastId = 16;
  #presentId = 0n;
  #random = seeded(2);
  #writer;
  #conversation;

  /** @param {SessionWriter} writer @param {Conversation} conversation */
  constructor(writer, conversation) {
    this.#writer = writer;
    this.#conversation = conversation;
  }

  next() {
    const act = acts[this.#random(acts.length)];
    if (this.#open.length < fewest) this.open();
    else this[act]();
    this.#conversation.pass(1000 + this.#random(20_000));
  }

  open() {
    if (this.#open.length === most) this.close();
    const window = this.#place(++this.#lastId);
    const { windowId, width, height } = window;
    const [poolId, bufferId, stride] = [BigInt(windowId), BigInt(windowId), width * 4];
    this.#open.unshift(window);
    this.#writer.order(WindowState, windowOrders.created(window));
    this.desktop();
    this.#writer.rail("s2c", MinMaxInfo, {
      windowId,
      maxWidth: 1920,
      maxHeight: 1080,
      maxPosX: 0,
      maxPosY: 0,
      minTrackWidth: 0,
      minTrackHeight: 0,
      maxTrackWidth: 1920,
      maxTrackHeight: 1080,
    });
    const poolSize = BigInt(Math.ceil((stride * height) / 4096) * 4096);
    const sectionName = `{a3491864-a1a5-403b-b861-${windowId.toString(16).padStart(12, "0")}}`;
    this.#server(OpenPool, { poolId, poolSize, sectionName });
    const format = BufferFormat.argb8888;
    this.#server(CreateBuffer, { poolId, bufferId, offset: 0n, stride, width, height, format });
    this.present();
  }

  close() {
    const window = this.#open.splice(this.#random(this.#open.length), 1)[0];
    this.#writer.order(WindowDeleted, { fieldsPresentFlags: 0, windowId: window.windowId });
    this.#server(DestroyBuffer, { bufferId: BigInt(window.windowId) });
    this.#server(ClosePool, { poolId: BigInt(window.windowId) });
    this.desktop();
  }

  present() {
    const { windowId, width, height } = this.#any();
    const ids = { windowId: BigInt(windowId), presentId: ++this.#presentId };
    const [left, top] = [this.#random(width), this.#random(height)];
    const dirtyRect = { left, top, width: width - left, height: height - top };
    const shape = { bufferId: BigInt(windowId), targetWidth: width, targetHeight: height, dirtyRect };
    this.#server(PresentBuffer, { ...plainPresent, ...ids, ...shape });
    this.#conversation.pass(2000);
    this.#writer.dynamic("c2s", channel, PresentBufferAck, ids);
  }

  update() {
    const { moved, resized, renamed } = windowOrders;
    const kinds = [moved, moved, resized, renamed, () => longTitle];
    const window = this.#place(this.#any().windowId);
    this.#writer.order(WindowState, { ...kinds[this.#random(kinds.length)](window), windowId: window.windowId });
  }

  desktop() {
    const windowIds = [...this.#open.map(({ windowId }) => windowId), markerWindowId];
    this.#writer.order(MonitoredDesktop, { fieldsPresentFlags: 0, activeWindowId: windowIds[0], windowIds });
  }

  activate() {
    this.#writer.rail("c2s", Activate, { windowId: this.#any().windowId, enabled: this.#random(2) });
  }

  move() {
    const { windowId, x, y, width, height } = this.#place(this.#any().windowId);
    this.#writer.rail("c2s", WindowMove, { windowId, left: x, top: y, right: x + width, bottom: y + height });
  }

  command() {
    const command = this.#random(2) === 0 ? SystemCommand.minimize : SystemCommand.restore;
    this.#writer.rail("c2s", SysCommand, { windowId: this.#any().windowId, command });
  }

  /** Pressed and released. */
  key() {
    const event = { type: /** @type {const} */ ("scancode"), keyCode: 1 + this.#random(88) };
    this.#writer.input({ eventFlags: 0, event });
    this.#conversation.pass(25_000);
    this.#writer.input({ eventFlags: 1, event });
  }

  mouse() {
    const [xPos, yPos] = [this.#random(1920), this.#random(1080)];
    this.#writer.input({ eventFlags: 0, event: { type: "mouse", pointerFlags: 0x800, xPos, yPos } });
  }

  pointer() {
    this.#writer.pointer(FastPathUpdateCode.largePointer, LargePointer, {
      xorBpp: 32,
      cacheIndex: 0,
      hotSpot: { xPos: this.#random(pointerSize), yPos: this.#random(pointerSize) },
      width: pointerSize,
      height: pointerSize,
      xorMaskData: new Uint8Array(pointerSize * pointerSize * 4).fill(this.#random(256)),
      andMaskData: new Uint8Array(0),
    });
  }

  /** @param {import("../../packages/wire/dist/index.js").Pdu<unknown>} pdu @param {object} value */
  #server(pdu, value) {
    this.#writer.dynamic("s2c", channel, pdu, value);
  }

  #any() {
    return this.#open[this.#random(this.#open.length)];
  }

  /** @param {number} id */
  #place(id) {
    const random = this.#random;
    return box(id, random(1200), random(600), 200 + random(700), 120 + random(400));
  }
}

/**
 * What happens in a session, drawn by how often it happened in a recorded one, until the file is full.
 *
 * @param {SessionWriter} writer @param {Conversation} conversation @param {() => boolean} full
 */
export function write(writer, conversation, full) {
  const windows = new Windows(writer, conversation);
  while (!full()) windows.next();
}
