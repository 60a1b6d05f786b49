import type { FixedInt } from "./declaration/ints.js";
import { fixedSize } from "./declaration/layout.js";
import type { Pdu, Sender } from "./pdu.js";
import type { Source } from "./source.js";

/** Numbers below this are looked up in a list. */
const smallTags = 64;

/**
 * Messages that share a header and are told apart by one literal field at the same place, such
 * as the orders of the `rail` channel. Where both sides send a message of the same number, who
 * sent it decides.
 */
export class Family {
  readonly name: string;
  readonly members: readonly Pdu[];
  private readonly int: FixedInt;
  private readonly offset: number;
  /** How many numbers the field can hold; no limit if it has all bits of its integer. */
  private readonly span: number;
  private readonly shift: number;
  private readonly byTag: Readonly<Record<"client" | "server", ReadonlyMap<number, Pdu>>>;
  /** The members for small numbers, which are found at once. */
  private readonly bySmallTag: Readonly<Record<"client" | "server", readonly (Pdu | undefined)[]>>;

  /** `tagField` is the name of the literal in every member. */
  constructor(name: string, tagField: string, members: readonly Pdu[]) {
    this.name = name;
    this.members = members;
    const client = new Map<number, Pdu>();
    const server = new Map<number, Pdu>();
    const places = members.map((member) => placeOf(member, tagField));
    const [first] = places;
    if (first === undefined) throw new TypeError(`${name}: a family has members`);
    for (const [index, place] of places.entries()) {
      if (place.offset !== first.offset || place.int.name !== first.int.name || place.shift !== first.shift) {
        throw new TypeError(`${name}: ${members[index]?.name} has ${tagField} elsewhere`);
      }
      const member = members[index] as Pdu;
      if (member.sentBy !== "server") client.set(place.value, member);
      if (member.sentBy !== "client") server.set(place.value, member);
    }
    this.int = first.int;
    this.offset = first.offset;
    this.shift = first.shift;
    this.span = first.span;
    this.byTag = { client, server };
    const small = (sender: "client" | "server"): (Pdu | undefined)[] =>
      Array.from({ length: smallTags }, (_, tag) => this.found(tag, sender));
    this.bySmallTag = { client: small("client"), server: small("server") };
  }

  /** The number that tells members apart, or undefined if the bytes end before it. */
  tag(source: Source, offset: number, end: number): number | undefined {
    const at = offset + this.offset;
    if (at + this.int.size > end) return undefined;
    const { view } = source;
    const { size, signed, littleEndian, accessor } = this.int;
    if (signed) return view[`get${accessor}` as "getInt16"](at, littleEndian);
    // Straight calls: a getter that is looked up by name is never inlined.
    const number =
      size === 1 ? view.getUint8(at) : size === 2 ? view.getUint16(at, littleEndian) : view.getUint32(at, littleEndian);
    return this.span === Infinity ? number : (number >>> this.shift) & (this.span - 1);
  }

  /** The member for a number; a message that only the other side sends is still recognised. */
  member(tag: number, sender: Exclude<Sender, "both">): Pdu | undefined {
    return tag >= 0 && tag < smallTags ? this.bySmallTag[sender][tag] : this.found(tag, sender);
  }

  private found(tag: number, sender: Exclude<Sender, "both">): Pdu | undefined {
    return this.byTag[sender].get(tag) ?? this.byTag[sender === "client" ? "server" : "client"].get(tag);
  }

  /** The member that the bytes from `offset` to `end` are, or undefined if no member has their number. */
  match(source: Source, offset: number, end: number, sender: Exclude<Sender, "both">): Pdu | undefined {
    const tag = this.tag(source, offset, end);
    return tag === undefined ? undefined : this.member(tag, sender);
  }
}

function placeOf(
  member: Pdu,
  tagField: string,
): { int: FixedInt; offset: number; shift: number; span: number; value: number } {
  let offset = 0;
  const starts = new Map<string, number>();
  for (const [name, node] of member.node.fields) {
    starts.set(name, offset);
    if (name === tagField && node.kind === "literal") {
      const { int, value } = node;
      if (int.form === "fixed") return { int, offset, shift: 0, span: Infinity, value };
      if (int.form === "bits") {
        const holder = member.node.fields.find(([field]) => field === int.carrier)?.[1];
        const at = starts.get(int.carrier);
        if (holder?.kind === "carrier" && at !== undefined) {
          return { int: holder.int, offset: at, shift: int.shift, span: 2 ** int.width, value };
        }
      }
    }
    offset += fixedSize(node) ?? Number.NaN;
  }
  throw new TypeError(`${member.name} has no literal ${tagField}`);
}
