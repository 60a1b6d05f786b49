import type { Message } from "@railvail/dissect";
import { channelOf } from "../channels.js";
import type { Meta } from "./meta-names.js";
import type { Reading } from "./reading.js";
import type { Scalar } from "./value-test.js";

type Read = (message: Message) => Scalar | undefined;

/** Reads what any message has. Only `trouble` decodes it. */
export function metaReader(meta: Meta, reading: Reading): Read {
  switch (meta) {
    case "channel":
      return channelOf;
    case "direction":
      return ({ direction }) => direction;
    case "conn":
      return ({ connection }) => connection;
    case "packet":
      return ({ packet }) => packet;
    case "time":
      return ({ time }) => time - (reading.first ??= time);
    case "length":
      return ({ offset, end }) => end - offset;
    case "name":
      return ({ name }) => name;
    case "path":
      return ({ path }) => path;
    case "trouble":
      return ({ trouble }) => trouble;
  }
}
