/** Bytes as a peer would send them, good or bad. */
import {
  ChannelPdu,
  DataTpdu,
  FastPathOutput,
  SendDataIndication,
  SendDataRequest,
  type FastPathUpdate,
} from "@railvail/transport";
import type { ConnectionRule } from "../src/index.js";
import type { Pair } from "./pair.js";

type Side = "client" | "server";

/** Data on an MCS channel, with all headers. */
export function data(
  from: Side,
  channelId: number,
  userData: Uint8Array,
  initiator = from === "client" ? 1008 : 1002,
): Uint8Array {
  const value = { initiator, channelId, dataPriority: 1, segmentation: 3, userData };
  return DataTpdu.encode({ data: (from === "client" ? SendDataRequest : SendDataIndication).encode(value) });
}

/** One chunk of a static channel, with flags of its own. */
export const chunk = (from: Side, channelId: number, flags: number, initiator?: number): Uint8Array =>
  data(from, channelId, ChannelPdu.encode({ length: 1, flags, data: new Uint8Array(1) }), initiator);

/** A fast-path packet of one update. */
export const updatePacket = (changes: Partial<FastPathUpdate>): Uint8Array =>
  FastPathOutput.encode({
    secureChecksum: 0,
    fpOutputUpdates: [{ updateCode: 1, fragmentation: 0, compression: 0, updateData: new Uint8Array(0), ...changes }],
  });

/** Gives a side bytes at once, without the other side's doing. */
export function hand(pair: Pair, to: Side, bytes: Uint8Array): void {
  pair.take(to, pair[to].receive(bytes, pair.now));
}

/** The rules that were broken so far, as one side reports them. */
export const broken = (pair: Pair, side: Side): ConnectionRule[] => pair.of(side, "violation").map(({ rule }) => rule);
