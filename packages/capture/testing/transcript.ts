/** Reads events back for tests: what each connection gave, with the laws every reading keeps. */
import { expect } from "vitest";
import {
  CaptureReader,
  type CaptureLimits,
  type CaptureProblem,
  type CloseEvent,
  type CommentEvent,
  type Connection,
  type Direction,
  type GapEvent,
  type SecretsEvent,
  type StreamEvent,
} from "../src/index.js";
import { concat } from "./packet.js";

export interface DirectionRecord {
  /** The data with zeros for the gaps. */
  bytes: Uint8Array;
  gaps: GapEvent[];
}

export interface ConnectionRecord {
  readonly connection: Connection;
  readonly c2s: DirectionRecord;
  readonly s2c: DirectionRecord;
  close: CloseEvent | undefined;
}

export interface Transcript {
  readonly connections: ConnectionRecord[];
  readonly problems: CaptureProblem[];
  readonly secrets: SecretsEvent[];
  readonly comments: CommentEvent[];
}

interface Growing {
  readonly parts: Uint8Array[];
  readonly gaps: GapEvent[];
  offset: number;
}

const growing = (): Growing => ({ parts: [], gaps: [], offset: 0 });
const grown = ({ parts, gaps }: Growing): DirectionRecord => ({ bytes: concat(...parts), gaps });

/**
 * The laws: a connection opens once before all else and closes once after all else; offsets of a
 * direction follow one another without a hole; nothing is empty.
 */
export const transcribe = (events: readonly StreamEvent[]): Transcript => {
  const flows = new Map<Connection, Record<Direction, Growing>>();
  const closes = new Map<Connection, CloseEvent>();
  const problems: CaptureProblem[] = [];
  const secrets: SecretsEvent[] = [];
  const comments: CommentEvent[] = [];
  for (const event of events) {
    if (event.type === "problem") {
      problems.push(event.problem);
      continue;
    }
    if (event.type === "secrets") {
      secrets.push(event);
      continue;
    }
    if (event.type === "comment") {
      comments.push(event);
      continue;
    }
    const { connection } = event;
    expect(closes.has(connection)).toBe(false);
    if (event.type === "open") {
      expect(flows.has(connection)).toBe(false);
      expect(connection.id).toBe(flows.size);
      flows.set(connection, { c2s: growing(), s2c: growing() });
      continue;
    }
    const flow = flows.get(connection);
    if (flow === undefined) throw new Error("event before the connection opened");
    if (event.type === "close") {
      closes.set(connection, event);
      continue;
    }
    const direction = flow[event.direction];
    expect(event.offset).toBe(direction.offset);
    const length = event.type === "data" ? event.bytes.length : event.length;
    expect(length).toBeGreaterThan(0);
    direction.offset += length;
    if (event.type === "data") {
      direction.parts.push(event.bytes);
    } else {
      direction.gaps.push(event);
      // Only tests whose gaps are small look at the bytes.
      if (length < 1_000_000) direction.parts.push(new Uint8Array(length));
    }
  }
  const connections = [...flows].map(([connection, { c2s, s2c }]) => ({
    connection,
    c2s: grown(c2s),
    s2c: grown(s2c),
    close: closes.get(connection),
  }));
  return { connections, problems, secrets, comments };
};

export const readAll = (
  file: Uint8Array,
  limits: Partial<CaptureLimits> = {},
  cuts: readonly number[] = [],
): StreamEvent[] => {
  const reader = new CaptureReader({ limits });
  const events: StreamEvent[] = [];
  let at = 0;
  for (const cut of [...cuts, file.length]) {
    // Copies, as from a network: nothing may depend on chunks lying side by side.
    events.push(...reader.push(file.slice(at, cut)));
    at = cut;
  }
  events.push(...reader.end());
  return events;
};
