import type { DrdynvcFragment } from "./drdynvc-fragments.js";
import type { PriorityCharges } from "./drdynvc-machine.js";

/** A message that waits, cut into PDUs. */
export interface QueuedMessage {
  readonly channelId: number;
  readonly pdus: readonly DrdynvcFragment[];
}

interface Cell {
  readonly message: QueuedMessage;
  readonly next: Cell | undefined;
}

/** What waits of one class, in order. */
interface Lane {
  /** The next to go, and those after it. */
  readonly front: Cell | undefined;
  /** The last that came, and those before it. */
  readonly back: Cell | undefined;
  /** PDUs of the first message that are gone. */
  readonly sent: number;
  readonly bytes: number;
  /** What its bytes have cost so far. */
  readonly paid: number;
}

/**
 * PDUs that wait until they can be written. Each priority class has a lane, in which messages keep
 * their order and are not mixed. A byte of a lane costs its charge, and the lane that has paid least is
 * next; so the lanes that wait share the bandwidth in inverse proportion to their charges, by PDU, as
 * [MS-RDPEDYC] 2.2.1.1.2 wants it. A lane with charge 0 goes before all others.
 */
export interface SendQueue {
  readonly lanes: readonly Lane[];
  /** Bytes that wait, headers included. */
  readonly bytes: number;
}

const emptyLane: Lane = { front: undefined, back: undefined, sent: 0, bytes: 0, paid: 0 };

export const emptyQueue: SendQueue = { lanes: [emptyLane, emptyLane, emptyLane, emptyLane], bytes: 0 };

const fragmentSize = (pdu: DrdynvcFragment): number => pdu.reduce((sum, { length }) => sum + length, 0);

const messageSize = ({ pdus }: QueuedMessage): number => pdus.reduce((sum, pdu) => sum + fragmentSize(pdu), 0);

/** Adds a message to the lane of class `priority`, 0 to 3. */
export function queueMessage(queue: SendQueue, priority: number, message: QueuedMessage): SendQueue {
  if (message.pdus.length === 0) return queue;
  const size = messageSize(message);
  const lanes = queue.lanes.map((lane, index) => {
    if (index !== (priority & 3)) return lane;
    // Time in which a lane had nothing to send gives it no claim to the others' share.
    const paid = lane.bytes > 0 ? lane.paid : Math.max(lane.paid, leastPaid(queue));
    return { ...lane, back: { message, next: lane.back }, bytes: lane.bytes + size, paid };
  });
  return { lanes, bytes: queue.bytes + size };
}

function leastPaid({ lanes }: SendQueue): number {
  const least = lanes.reduce((sum, lane) => (lane.bytes > 0 ? Math.min(sum, lane.paid) : sum), Infinity);
  return least === Infinity ? 0 : least;
}

/** What is to be written now, and what waits on. */
export interface Drained {
  readonly queue: SendQueue;
  readonly pdus: readonly DrdynvcFragment[];
  /** Bytes of the PDUs. */
  readonly bytes: number;
}

type OpenLane = { -readonly [Name in keyof Lane]: Lane[Name] };

/** Takes PDUs until they have `credit` bytes, the last one perhaps more. Without charges all lanes are equal. */
export function drainQueue(queue: SendQueue, charges: PriorityCharges | undefined, credit: number): Drained {
  const lanes: OpenLane[] = queue.lanes.map((lane) => ({ ...lane }));
  const pdus: DrdynvcFragment[] = [];
  let bytes = 0;
  while (bytes < credit && bytes < queue.bytes) {
    const index = nextLane(lanes, charges);
    const lane = lanes[index] as OpenLane;
    const pdu = takePdu(lane);
    const size = fragmentSize(pdu);
    lane.bytes -= size;
    lane.paid += size * (charges?.[index] ?? 1);
    bytes += size;
    pdus.push(pdu);
  }
  const left = queue.bytes - bytes;
  return { queue: left === 0 ? emptyQueue : { lanes, bytes: left }, pdus, bytes };
}

/** The lane that has paid least of those in which something waits; one that costs nothing before all others. */
function nextLane(lanes: readonly Lane[], charges: PriorityCharges | undefined): number {
  let best = -1;
  let least = Infinity;
  for (const [index, { bytes, paid }] of lanes.entries()) {
    if (bytes === 0) continue;
    const claim = charges?.[index] === 0 ? -1 : paid;
    if (claim >= least) continue;
    best = index;
    least = claim;
  }
  return best;
}

function takePdu(lane: OpenLane): DrdynvcFragment {
  if (lane.front === undefined) {
    lane.front = turned(lane.back);
    lane.back = undefined;
  }
  const { message, next } = lane.front as Cell;
  const pdu = message.pdus[lane.sent] as DrdynvcFragment;
  lane.sent++;
  if (lane.sent === message.pdus.length) {
    lane.front = next;
    lane.sent = 0;
  }
  return pdu;
}

function turned(back: Cell | undefined): Cell | undefined {
  let front: Cell | undefined;
  for (let cell = back; cell !== undefined; cell = cell.next) front = { message: cell.message, next: front };
  return front;
}

/** Leaves out what waits of one channel, also the rest of a message that has begun. */
export function dropQueued(queue: SendQueue, channelId: number): SendQueue {
  let dropped = emptyQueue;
  for (const [priority, lane] of queue.lanes.entries()) {
    let { sent } = lane;
    for (const cells of [lane.front, turned(lane.back)]) {
      for (let cell = cells; cell !== undefined; cell = cell.next) {
        const { message } = cell;
        const pdus = sent === 0 ? message.pdus : message.pdus.slice(sent);
        sent = 0;
        if (message.channelId !== channelId)
          dropped = queueMessage(dropped, priority, { channelId: message.channelId, pdus });
      }
    }
  }
  return { ...dropped, lanes: dropped.lanes.map((lane, index) => ({ ...lane, paid: queue.lanes[index]?.paid ?? 0 })) };
}
