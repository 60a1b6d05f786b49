import { fixedInts, variableInts, type Int, type VariableName } from "./ints.js";
import type { Condition, Extent, ListExtent, Names, Node, Nul, StructNode } from "./nodes.js";

/**
 * What a field adds to the value: itself; nothing (it is computed when encoding); itself if
 * present. The `Wide` ones also add `<name>Width`, the bytes that an integer of variable size
 * took, when they are not those an encoder would choose.
 */
export type Mode = "value" | "hidden" | "optional" | "valueWide" | "hiddenWide";

/** One field of a declaration. The two optional members carry types only. */
export interface Field<T = unknown, M extends Mode = Mode> {
  readonly node: Node;
  readonly type?: T;
  readonly mode?: M;
}

/** An integer field that also says how other kinds (literals, lengths, counts) are stored. */
export interface IntField<T extends number | bigint = number, M extends Mode = "value" | "valueWide"> extends Field<
  T,
  M
> {
  readonly int: Int;
}

type HiddenOf<M> = M extends "valueWide" ? "hiddenWide" : "hidden";
type OptionalOf<M> = M extends "hidden" | "hiddenWide" ? "hidden" : "optional";

export type Shape = Readonly<Record<string, Field>>;

type ModeOf<F> = F extends Field<unknown, infer M> ? M : never;
type TypeOf<F> = F extends Field<infer T> ? T : never;
type Flatten<T> = { [K in keyof T]: T[K] } & {};

/** The value that a shape decodes to. */
export type ValueOf<S> = Flatten<
  { -readonly [K in keyof S as ModeOf<S[K]> extends "value" | "valueWide" ? K : never]: TypeOf<S[K]> } & {
    -readonly [K in keyof S as ModeOf<S[K]> extends "optional" ? K : never]?: TypeOf<S[K]> | undefined;
  } & {
    -readonly [
      K in keyof S as ModeOf<S[K]> extends "valueWide" | "hiddenWide" ? (K extends string ? `${K}Width` : never) : never
    ]?: number | undefined;
  }
>;

/** A value that keeps bytes found after its last declared field. */
export type Bounded<T> = T & { trailing?: Uint8Array | undefined };

const field = <T, M extends Mode>(node: Node): Field<T, M> => ({ node });

function intField<T extends number | bigint, M extends "value" | "valueWide">(int: Int): IntField<T, M> {
  return { node: { kind: "int", int, bias: 0 }, int };
}

const number = (int: Int): IntField<number, "value"> => intField(int);
const wide = (name: VariableName): IntField<number, "valueWide"> =>
  intField({ form: "variable", name, variable: variableInts[name] });

export const u8 = number(fixedInts.u8);
export const u16 = number(fixedInts.u16);
export const u32 = number(fixedInts.u32);
export const i8 = number(fixedInts.i8);
export const i16 = number(fixedInts.i16);
export const i32 = number(fixedInts.i32);
export const u64: IntField<bigint, "value"> = intField(fixedInts.u64);
export const u16be = number(fixedInts.u16be);
export const u32be = number(fixedInts.u32be);

/** A length of one byte, or of two with the top bit set (PER lengths, fast-path lengths). */
export const perLength = wide("perLength");
/** A PER INTEGER: a length byte and as many bytes. */
export const perInteger = wide("perInteger");
/** A BER definite length of one to five bytes. */
export const berLength = wide("berLength");
/** The length and contents of a BER INTEGER, read as unsigned. */
export const berInteger = wide("berInteger");

/** Holds the bits of fields declared with {@link bits}; bits nobody claims are reserved. */
export function carrier(of: IntField<number, "value">): Field<never, "hidden"> {
  if (of.int.form !== "fixed") throw new TypeError("a carrier is a fixed integer");
  return field({ kind: "carrier", int: of.int });
}

/** `width` bits of the carrier, from bit `shift` (0 is the lowest). Takes no bytes itself. */
export const bits = (carrier: string, shift: number, width: number): IntField<number, "value"> =>
  intField({ form: "bits", carrier, shift, width });

/** An integer of 1, 2 or 4 bytes, as {@link selector} field `selector` says. */
export const selectedBy = (selector: string): IntField<number, "valueWide"> => intField({ form: "selected", selector });

/** Says how many bytes an integer has: 0 one, 1 two, 2 four. Computed when encoding. */
export const selector = (of: IntField<number, "value">): Field<never, "hidden"> =>
  field({ kind: "selector", int: of.int });

/** The value is what stands on the wire plus `bias`. */
export const biased = (of: IntField<number, "value">, bias: number): Field<number, "value"> =>
  field({ kind: "int", int: of.int, bias });

/** An open enumeration: values without a name are kept, and reported as a deviation. */
export const enumeration = <M extends "value" | "valueWide">(
  of: IntField<number, M>,
  values: Names,
): IntField<number, M> => ({ node: { kind: "int", int: of.int, bias: 0, values }, int: of.int });

/**
 * A set of bits. Unknown bits are kept. Bits that a {@link when} of the same structure tests with
 * {@link flag} follow from which fields are there: they are not in the value. Neither are the bits
 * of `always`, which identify the message: where they are not set it is a {@link DecodeError}.
 */
export const flags = <M extends "value" | "valueWide">(
  of: IntField<number, M>,
  names: Names,
  options: { readonly always?: number } = {},
): IntField<number, M> => ({ node: { kind: "int", int: of.int, bias: 0, flags: names, ...options }, int: of.int });

/** A value that must stand there: another one is a {@link DecodeError}. */
export const literal = <M extends "value" | "valueWide">(
  of: IntField<number, M>,
  value: number,
): Field<never, HiddenOf<M>> => field({ kind: "literal", int: of.int, value });

/** A value that should stand there: another one is a deviation, and is not kept. */
export const reserved = (of: IntField<number, "value">, value = 0): Field<never, "hidden"> =>
  field({ kind: "reserved", int: of.int, value });

/** `size` bytes that should be zero. */
export const pad = (size: number): Field<never, "hidden"> => field({ kind: "pad", size, to: "size" });

/** Zero bytes up to `size` bytes from the start of the structure; none if it is that long already. */
export const padTo = (size: number): Field<never, "hidden"> => field({ kind: "pad", size, to: "total" });

/** Zero bytes up to a multiple of `size` bytes from the start of the structure. */
export const align = (size: number): Field<never, "hidden"> => field({ kind: "pad", size, to: "multiple" });

/**
 * The byte length of the structure: it bounds what is read; bytes after the last field are kept
 * as `trailing`. `from` names the field where counting starts; `bias` is added to the length on
 * the wire. `lenient` reads on whatever is declared and reports a difference as a deviation.
 */
export const byteLength = <M extends "value" | "valueWide">(
  of: IntField<number, M>,
  options: { readonly from?: string; readonly bias?: number; readonly lenient?: boolean } = {},
): Field<never, HiddenOf<M>> =>
  field({
    kind: "byteLength",
    int: of.int,
    ...(options.from === undefined ? {} : { from: options.from }),
    bias: options.bias ?? 0,
    lenient: options.lenient ?? false,
  });

/** The length of the field that is {@link sized} by this one, in units of `unit` bytes, plus `bias`. */
export const length = <M extends "value" | "valueWide">(
  of: IntField<number, M>,
  options: { readonly unit?: number; readonly bias?: number } = {},
): Field<never, HiddenOf<M>> =>
  field({ kind: "length", int: of.int, unit: options.unit ?? 1, bias: options.bias ?? 0 });

/** The number of elements of the list that is {@link counted} by this field, plus `bias`. */
export const count = <M extends "value" | "valueWide">(of: IntField<number, M>, bias = 0): Field<never, HiddenOf<M>> =>
  field({ kind: "count", int: of.int, bias });

/** Decides the arm of a {@link union}. */
export const tag = <M extends "value" | "valueWide">(of: IntField<number, M>): Field<never, HiddenOf<M>> =>
  field({ kind: "tag", int: of.int });

/** Up to the end of what bounds it. */
export const rest: Extent & ListExtent = { by: "rest" };
/** `size` bytes; for lists, `size` elements. */
export const fixed = (size: number): { readonly by: "fixed"; readonly size: number } => ({ by: "fixed", size });
/** As many bytes as the {@link length} field of that name says. */
export const sized = (field: string): { readonly by: "field"; readonly field: string } => ({ by: "field", field });
/** As many elements as the {@link count} field of that name says. */
export const counted = (field: string): { readonly by: "count"; readonly field: string } => ({ by: "count", field });
/** Up to and including a NUL (text only). */
export const nul: Extent = { by: "nul" };
/** An integer in front: the length in units of `unit` bytes plus `bias`; for lists, the number of elements. */
export const prefixed = (
  of: IntField,
  options: { readonly unit?: number; readonly bias?: number } = {},
): { readonly by: "prefix"; readonly int: Int; readonly unit: number; readonly bias: number } => ({
  by: "prefix",
  int: of.int,
  unit: options.unit ?? 1,
  bias: options.bias ?? 0,
});

/** Bytes, as a view of the input: they live as long as the chunk they came in. */
export const bytes = (extent: Extent): Field<Uint8Array, "value"> => field({ kind: "bytes", extent });

/**
 * A line: the characters before the first CR LF of what is left; absent, without taking a byte, if
 * no CR LF follows. Fields after it are read in either case.
 */
export const line: Field<string, "optional"> = field({
  kind: "text",
  encoding: "latin1",
  extent: { by: "line" },
  nul: "none",
});

interface TextOptions {
  readonly nul?: Nul;
}
/** UTF-16LE; lone surrogates survive. */
export const utf16 = (extent: Extent, options: TextOptions = {}): Field<string, "value"> =>
  field({ kind: "text", encoding: "utf16", extent, nul: options.nul ?? "none" });
/** One byte a character, each byte kept as the character of that number. */
export const latin1 = (extent: Extent, options: TextOptions = {}): Field<string, "value"> =>
  field({ kind: "text", encoding: "latin1", extent, nul: options.nul ?? "none" });

export function structNode(shape: Shape, bounded: boolean): StructNode {
  return { kind: "struct", fields: Object.entries(shape).map(([name, of]) => [name, of.node] as const), bounded };
}

/** Fields one after the other, as a nested object. */
export const struct = <const S extends Shape>(shape: S): Field<ValueOf<S>, "value"> => field(structNode(shape, false));

/** A nested structure that states its own {@link byteLength} and keeps what follows its fields. */
export const block = <const S extends Shape>(shape: S): Field<Bounded<ValueOf<S>>, "value"> =>
  field(structNode(shape, true));

/** A structure inside a run of bytes of stated length; what follows its fields is kept. */
export const within = <const S extends Shape>(extent: Extent, shape: S): Field<Bounded<ValueOf<S>>, "value"> =>
  field({ kind: "within", extent, content: structNode(shape, true) });

/** Elements of one kind. */
export const list = <T>(element: Field<T, "value">, extent: ListExtent): Field<T[], "value"> =>
  field({ kind: "list", element: element.node, extent });

export type Arms = Readonly<Record<string, readonly [number, Shape]>>;

/** What a union decodes to: `type` names the arm; `unknown` keeps the tag and the bytes. */
export type UnionOf<A extends Arms> =
  | { [K in keyof A]: Flatten<{ type: K } & Bounded<ValueOf<A[K][1]>>> }[keyof A]
  | { type: "unknown"; tag: number; data: Uint8Array };

/**
 * One of several structures, by the value of a {@link tag} field. An arm that is not `inline`
 * takes all bytes of the extent and keeps what follows its fields.
 */
export const union = <const A extends Arms>(
  tag: string,
  arms: A,
  extent: Extent | { readonly by: "inline" } = rest,
): Field<UnionOf<A>, "value"> =>
  field({
    kind: "union",
    tag,
    arms: Object.entries(arms).map(([name, [value, shape]]) => ({
      name,
      value,
      content: structNode(shape, extent.by !== "inline"),
    })),
    extent,
  });

/** For {@link union}: an arm takes only the bytes it declares, and the structure goes on. */
export const inline = { by: "inline" } as const;

/** A field that is there if `condition` holds. */
export const when = <T, M extends Mode>(condition: Condition, content: Field<T, M>): Field<T, OptionalOf<M>> =>
  field({ kind: "when", condition, content: content.node });

/** One field or another, by a condition. */
export const either = <T, U>(
  condition: Condition,
  yes: Field<T, "value">,
  no: Field<U, "value">,
): Field<T | U, "value"> => field({ kind: "either", condition, yes: yes.node, no: no.node });

/** A field of an optional tail: there if bytes are left, and absent with all optional ones after it. */
export const optional = <T, M extends Mode>(content: Field<T, M>): Field<T, OptionalOf<M>> =>
  field({ kind: "optional", content: content.node });

/** Any bit of `mask` is set in `field`. */
export const flag = (field: string, mask: number): Condition => ({ test: "flag", field, mask });
/** The bits of `mask` in `field` are exactly `value`. */
export const masked = (field: string, mask: number, value: number): Condition => ({
  test: "masked",
  field,
  mask,
  value,
});
export const equals = (field: string, ...values: number[]): Condition => ({ test: "equals", field, values });
export const atLeast = (field: string, value: number): Condition => ({ test: "atLeast", field, value });
export const not = (of: Condition): Condition => ({ test: "not", of });
export const all = (...of: Condition[]): Condition => ({ test: "all", of });
export const any = (...of: Condition[]): Condition => ({ test: "any", of });
