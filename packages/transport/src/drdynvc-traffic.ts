import {
  drdynvcViolation,
  type DrdynvcMessage,
  type DrdynvcPart,
  type DrdynvcViolation,
  type DrdynvcWrite,
} from "./drdynvc-machine.js";

/** A dynamic channel, as both ends know it. */
export interface DynamicChannel {
  readonly name: string;
  /** The class, 0 to 3. */
  readonly priority: number;
}

/** What both ends keep about channels. */
export interface DynamicChannels<Channel extends DynamicChannel> {
  /** The version that both speak; 0 before they have agreed. */
  readonly version: number;
  readonly channels: ReadonlyMap<number, Channel>;
  /** Ids of channels that were closed from here, the oldest first: data may still be on its way. */
  readonly closing: readonly number[];
  readonly options: {
    /** Ids in `closing` at most. */
    readonly maxClosing: number;
    /** Names of channels whose data is sent compressed, if version 3 is agreed on. */
    readonly compress: readonly string[];
  };
}

/** The messages that carry data. */
export type DataMessage = Extract<
  DrdynvcMessage,
  { readonly message: "data" | "dataFirst" | "dataCompressed" | "dataFirstCompressed" }
>;

/** The message of an open channel as a part; what is wrong with it comes before it. */
export function dataReceived(version: number, message: DataMessage): (DrdynvcPart | DrdynvcViolation)[] {
  const { channelId, data } = message.value;
  const compressed = message.message === "dataCompressed" || message.message === "dataFirstCompressed";
  const length = "length" in message.value ? message.value.length : undefined;
  const part: DrdynvcPart = { type: "part", channelId, length, compressed, data };
  return compressed && version < 3 ? [drdynvcViolation("peer", "not-negotiated", channelId), part] : [part];
}

/** A message to send; without priority classes all are alike. */
export function dataWritten<Channel extends DynamicChannel>(
  { version, options }: DynamicChannels<Channel>,
  channelId: number,
  { name, priority }: Channel,
  message: readonly Uint8Array[],
): DrdynvcWrite {
  const compressed = version >= 3 && options.compress.includes(name);
  return { type: "write", channelId, priority: version >= 2 ? priority : 0, compressed, message };
}

/** Adds an id to those whose channels were closed from here; the oldest goes if there are too many. */
export function closedHere<Channel extends DynamicChannel>(
  { closing, options }: DynamicChannels<Channel>,
  channelId: number,
  outputs: { push(violation: DrdynvcViolation): unknown },
): readonly number[] {
  const all = [...closing.filter((id) => id !== channelId), channelId];
  const [oldest] = all;
  if (all.length <= options.maxClosing) return all;
  outputs.push(drdynvcViolation("local", "closes-forgotten", oldest));
  return all.slice(1);
}

/** A copy without one entry. */
export function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
