import { checkDeclaration, isDelimited } from "./declaration/check.js";
import { structNode, type Bounded, type Shape, type ValueOf } from "./declaration/fields.js";
import type { StructNode } from "./declaration/nodes.js";
import { DeclarationError, DecodeError } from "./errors.js";
import type { Inspection } from "./inspection.js";
import { interpretRead } from "./interpreter/interpret-read.js";
import { InterpretedWriter } from "./interpreter/interpret-write.js";
import { JsonTrace } from "./interpreter/json-trace.js";
import { SpanTrace } from "./interpreter/trace.js";
import { quoteJson } from "./json-text.js";
import { jsonWriter } from "./json.js";
import { link, type Compiled, type Emitted } from "./link.js";
import { payloadOf } from "./payload.js";
import { runtimeFor } from "./runtime.js";
import { sourceOf, type Arena, type Source } from "./source.js";
import { treeWriter, type TreeWriter } from "./tree/tree-writer.js";
import type { Utf8Text } from "./utf8-text.js";

/** Who sends a message: client to server, server to client, or both. */
export type Sender = "client" | "server" | "both";

export interface PduOptions {
  /** Who sends it; both by default. */
  readonly sentBy?: Sender;
}

/** A getter for each field, over the bytes where they lie; see {@link Pdu.view}. */
export type ViewOf<T> = Readonly<Omit<T, "trailing">> & {
  /** Looks at the message from `offset` to `end`; throws {@link DecodeError}. Returns itself. */
  wrap(source: Source, offset: number, end: number): ViewOf<T>;
  /** Where a field starts in the source, or -1 if it is absent. */
  offsetOf(field: keyof T & string): number;
  /** Bytes of a `bytes` or text field, without reading it; -1 if it is absent. */
  lengthOf(field: keyof T & string): number;
};

/** A message: one declaration and everything derived from it. */
export class Pdu<T = unknown> {
  /** The name in the specification. */
  readonly name: string;
  /** Document and section: `[MS-RDPERP] 2.2.2.7.4`. */
  readonly spec: string;
  readonly sentBy: Sender;
  readonly node: StructNode;
  private compiled: Compiled | undefined;
  private emitted: Emitted | undefined;
  private json: ((value: unknown) => string) | undefined;
  private tree: TreeWriter | undefined;

  constructor(name: string, spec: string, node: StructNode, options: PduOptions) {
    checkDeclaration(name, node);
    this.name = name;
    this.spec = spec;
    this.node = node;
    this.sentBy = options.sentBy ?? "both";
  }

  /** Whether the message says itself where it ends, so that each of its prefixes is refused. */
  get delimited(): boolean {
    return isDelimited(this.node);
  }

  /** The emitted code, or the interpreter in its place. */
  private get code(): Compiled {
    return this.compiled ?? this.linked();
  }

  /**
   * Links the code. The two hot methods become functions of this PDU alone, so that each place
   * that calls one has a single target, which can be inlined; a method that all PDUs share would
   * call another function every time.
   */
  private linked(): Compiled {
    const code = this.emitted?.(runtimeFor(this)) ?? link(this);
    this.compiled = code;
    this.read = code.read as (source: Source, offset: number, end: number) => T;
    this.encodeInto = code.encodeInto;
    return code;
  }

  /** Takes code that was emitted when the package was built; it runs at the first use. */
  use(emitted: Emitted): void {
    this.emitted = emitted;
  }

  /**
   * Decodes the message that fills `bytes`. Byte runs in the value are views of `bytes`.
   * Throws {@link DecodeError} and nothing else.
   */
  decode(bytes: Uint8Array): T {
    return this.code.read(sourceOf(bytes), 0, bytes.length) as T;
  }

  /** Decodes the message from `offset` to `end` of a chunk. Throws {@link DecodeError}. */
  read(source: Source, offset: number, end: number): T {
    return this.code.read(source, offset, end) as T;
  }

  /** The exact number of bytes a valid value takes. It looks at shapes and not at ranges. Throws `EncodeError`. */
  size(value: T): number {
    return this.code.size(value);
  }

  /** Encodes into memory of its own. Throws `EncodeError`. */
  encode(value: T): Uint8Array {
    const bytes = new Uint8Array(this.code.size(value));
    this.code.write(value, sourceOf(bytes), 0, false);
    return bytes;
  }

  /**
   * Appends the message to `arena` and returns its size in bytes; nothing is allocated unless
   * the arena must grow. Throws `EncodeError` and leaves the arena as it was.
   */
  encodeInto(value: T, arena: Arena): number {
    return this.code.encodeInto(value, arena);
  }

  /**
   * Appends all but the last byte run to `arena` and returns the parts to hand to `writev`:
   * the head as a view of the arena and the payload as it was given, not copied.
   * A message that does not end in a byte run is one part.
   */
  segments(value: T, arena: Arena): Uint8Array[] {
    const { code } = this;
    const total = code.size(value);
    const payload = payloadOf(this.node, value);
    const size = total - payload.length;
    const start = arena.reserve(size);
    code.write(value, arena, start, payload.length > 0);
    arena.length = start + size;
    const head = arena.bytes.subarray(start, start + size);
    return payload.length === 0 ? [head] : [head, payload];
  }

  /**
   * A reusable reader that materialises nothing: `view.wrap(source, offset, end)` checks the
   * message, its getters read fields in place. Text is made when asked for. Throws
   * {@link DeclarationError} for a PDU with fields that cannot be viewed (unions, lists whose
   * elements vary in size) and where no code was emitted.
   */
  view(): ViewOf<T> {
    const { view } = this.code;
    if (view === undefined)
      throw new DeclarationError(this.name, "view", "has fields that cannot be viewed, or no emitted code");
    return view() as ViewOf<T>;
  }

  /** The fields of a message with offset, length and value, and what deviates; never throws. */
  inspect(bytes: Uint8Array): Inspection<T>;
  inspect(source: Source, offset: number, end: number): Inspection<T>;
  inspect(input: Uint8Array | Source, offset = 0, end?: number): Inspection<T> {
    const source = input instanceof Uint8Array ? sourceOf(input) : input;
    const trace = new SpanTrace();
    const { root: fields, deviations } = trace;
    const common = { pdu: this.name, spec: this.spec, fields, deviations };
    try {
      return { ...common, value: interpretRead(this, source, offset, end ?? source.bytes.length, trace) as T };
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      trace.finish();
      return { ...common, error };
    }
  }

  /**
   * What `inspect` finds, as the members of a JSON object: `"fields":[…],"deviations":[…]` and, if
   * the message could not be read, `"error"`. Values stand as in `toJson`; of a run of more than
   * `bytesLimit` bytes only the place is given.
   */
  inspectJson(source: Source, offset: number, end: number, bytesLimit = Number.POSITIVE_INFINITY): string {
    const trace = new JsonTrace(bytesLimit);
    try {
      interpretRead(this, source, offset, end, trace);
      return trace.finish();
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return `${trace.finish()},"error":${quoteJson(error.message)}`;
    }
  }

  /** Appends what {@link inspectJson} gives. It is many times as fast where nothing deviates. */
  writeInspection(
    out: Utf8Text,
    source: Source,
    offset: number,
    end: number,
    bytesLimit = Number.POSITIVE_INFINITY,
  ): void {
    this.tree ??= treeWriter(this.node) ?? (() => false);
    if (!this.tree(out, source, offset, end, bytesLimit)) out.text(this.inspectJson(source, offset, end, bytesLimit));
  }

  /** The value as JSON: 64-bit numbers as decimal strings, bytes as hexadecimal strings. */
  toJson(value: T): string {
    return (this.json ??= jsonWriter(this.node))(value);
  }
}

/** The value that a PDU decodes to. */
export type Infer<P> = P extends Pdu<infer T> ? T : never;

/**
 * Declares a message.
 *
 * @param name the name in the specification
 * @param spec document and section
 * @param shape the fields, in the order of the wire
 */
export function pdu<const S extends Shape>(
  name: string,
  spec: string,
  shape: S,
  options: PduOptions = {},
): Pdu<Bounded<ValueOf<S>>> {
  return new Pdu<Bounded<ValueOf<S>>>(name, spec, structNode(shape, true), options);
}

/** Decodes by walking the declaration. It gives the same values as the emitted code, slowly. */
export function interpretDecode<T>(of: Pdu<T>, source: Source, offset: number, end: number): T {
  return interpretRead(of, source, offset, end) as T;
}

/** Encodes by walking the declaration. */
export function interpretEncode<T>(of: Pdu<T>, value: T): Uint8Array {
  return new InterpretedWriter(of).message(value);
}
