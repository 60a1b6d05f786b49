import type { Message } from "@railvail/dissect";
import { describe, expect, test } from "vitest";
import { fixture, fixtures, isMessage, walk } from "./recordings.js";

/** A message and the messages that lie inside its bytes. Offsets count in the memory they share. */
interface Node {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The parts of a header's payload; empty for what is no header. */
  readonly payload: readonly Uint8Array[];
  readonly children: Node[];
}

const bytesIn = (value: object): Uint8Array[] => Object.values(value).filter((part) => part instanceof Uint8Array);

/** The payload of a header is its only run of bytes, or that of each of its segments. */
function payloadOf({ value, path, source, offset, end }: Message): readonly Uint8Array[] {
  if (path === "fastpath") {
    // Updates and events are elements of a list: all after the action and the length.
    const longLength = ((source.bytes[offset + 1] ?? 0) & 0x80) !== 0;
    return [source.bytes.subarray(offset + (longLength ? 3 : 2), end)];
  }
  if (typeof value !== "object" || value === null) return [];
  if (!("segments" in value)) return bytesIn(value);
  return (value.segments as object[]).flatMap(bytesIn);
}

function nodeOf(message: Message): Node {
  const { byteOffset } = message.source.bytes;
  return {
    name: message.name,
    start: byteOffset + message.offset,
    end: byteOffset + message.end,
    payload: message.envelope ? payloadOf(message) : [],
    children: [],
  };
}

/** Messages as a forest, by which lie inside which. */
function nest(messages: readonly Node[]): Node[] {
  const roots: Node[] = [];
  const open: Node[] = [];
  for (const node of messages) {
    let around = open.at(-1);
    while (around !== undefined && (node.start < around.start || node.end > around.end)) {
      open.pop();
      around = open.at(-1);
    }
    (around?.children ?? roots).push(node);
    open.push(node);
  }
  return roots;
}

/** The bytes at which neighbours do not touch; -1 if they all do, from `start` to `end`. */
function gapBetween(nodes: readonly Node[], start: number, end: number): number {
  let at = start;
  for (const node of nodes) {
    if (node.start !== at) return at;
    at = node.end;
  }
  return at === end ? -1 : at;
}

/** What is wrong between a header and what is inside it. */
function fault(node: Node): string | undefined {
  const [first] = node.children;
  if (first === undefined) return undefined;
  const [payload, second] = node.payload;
  if (payload === undefined) return `${node.name} is no header and has ${first.name} inside`;
  if (second !== undefined) return `${node.name} has several parts and messages inside`;
  const gap = gapBetween(node.children, payload.byteOffset, payload.byteOffset + payload.length);
  return gap < 0 ? undefined : `${node.name} is not covered at ${gap - node.start}`;
}

class Nesting {
  /** Bytes of payloads without a message inside, to be put together with others. */
  gathered = 0;
  /** Bytes of messages that were put together. */
  joined = 0;
  readonly faults = new Set<string>();
  private readonly memories = new Map<ArrayBufferLike, { nodes: Node[]; whole?: number }>();

  add(message: Message): void {
    if (/^(tpkt|x224|fastpath)$/.test(message.path)) this.finish();
    const { buffer, length } = message.source.bytes;
    let memory = this.memories.get(buffer);
    // The first memory of a frame is the frame's; any other is that of a message put together.
    if (memory === undefined) {
      memory = this.memories.size === 0 ? { nodes: [] } : { nodes: [], whole: length };
      this.memories.set(buffer, memory);
    }
    memory.nodes.push(nodeOf(message));
  }

  finish(): void {
    for (const { nodes, whole } of this.memories.values()) {
      const roots = nest(nodes);
      if (whole === undefined) {
        if (roots.length > 1) this.faults.add(`${roots[1]?.name} is in no frame`);
      } else {
        this.joined += whole;
        const gap = gapBetween(roots, roots[0]?.start ?? 0, (roots[0]?.start ?? 0) + whole);
        if (gap >= 0) this.faults.add(`a message with ${roots[0]?.name} is not covered at ${gap}`);
      }
      for (const node of nodes) {
        const wrong = fault(node);
        if (wrong !== undefined) this.faults.add(wrong);
        if (node.children.length === 0) {
          for (const { length } of node.payload) this.gathered += length;
        }
      }
    }
    this.memories.clear();
  }
}

describe.each(fixtures)("%s", (name) => {
  test("messages cover the payload of the header before them", async () => {
    const directions = { c2s: new Nesting(), s2c: new Nesting() };
    await walk(fixture(name), (record) => {
      if (isMessage(record)) directions[record.direction].add(record);
    });
    for (const nesting of Object.values(directions)) {
      nesting.finish();
      expect([...nesting.faults]).toEqual([]);
      // What is not covered where it lies was put together with other parts, byte for byte.
      expect(nesting.gathered).toBe(nesting.joined);
    }
    expect(directions.s2c.joined).toBeGreaterThan(0);
  });
});
