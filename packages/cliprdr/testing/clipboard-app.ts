import type { ClipboardFormat, CliprdrOutput, CliprdrState } from "../src/index.js";

export type Side = "client" | "server";
export const otherSide = (side: Side): Side => (side === "client" ? "server" : "client");

export const textId = 13;
export const filesId = 0xc0de;

/** What an offer holds: its number is in the name of a format, so that the peer knows which it sees. */
export const formatsOf = (offerId: number, withFiles: boolean): ClipboardFormat[] => [
  { formatId: textId, formatName: "" },
  { formatId: 0xc100 + offerId, formatName: `offer ${offerId}` },
  ...(withFiles ? [{ formatId: filesId, formatName: "FileGroupDescriptorW" }] : []),
];

const offerIn = (formats: readonly ClipboardFormat[]): number =>
  Number(formats.find(({ formatName }) => formatName.startsWith("offer "))?.formatName.slice(6) ?? 0);

/** The data of a format tells whose offer it is of. */
export const dataOf = (side: Side, offerId: number, formatId: number): Uint8Array =>
  new Uint8Array(Buffer.from(`${side} ${offerId} ${formatId}`));

export const sizeOf = (offerId: number, lindex: number): bigint => BigInt(lindex) * (1n << 32n) + BigInt(offerId);

export const bytesOf = (offerId: number, lindex: number, position: bigint, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (offerId * 31 + lindex * 7 + Number(position % 251n) + index) & 255);

/** A request that the application made, and the offer of the peer that it saw then. */
export interface Asked {
  readonly seen: number;
  readonly formatId?: number;
  readonly lindex?: number;
  readonly range?: { readonly position: bigint; readonly length: number } | undefined;
  readonly clipDataId?: number | undefined;
}

type Event<Type extends CliprdrOutput["type"]> = Extract<CliprdrOutput, { readonly type: Type }>;

/** An application: what it keeps because of the machine's events. It complains about events that break a promise. */
export class ClipboardApp {
  readonly side: Side;
  state: CliprdrState;
  wake: number | undefined;
  /** Own offers that may still be asked for. */
  readonly offers = new Set<number>();
  offering = 0;
  wanted: Event<"wanted"> | undefined;
  wantedFiles: Event<"fileWanted">[] = [];
  /** The peer's offer. */
  seen = 0;
  offered: readonly ClipboardFormat[] = [];
  /** The own offer that each lock of the peer's keeps. */
  readonly locked = new Map<number, number>();
  readonly asked = new Map<number, Asked>();
  nextRequest = 1;
  readonly events: string[] = [];
  readonly complaints: string[] = [];
  /** What the peer's application keeps under a lock, for the oracle. */
  keptBy: (clipDataId: number) => number | undefined = () => undefined;

  constructor(side: Side, state: CliprdrState) {
    this.side = side;
    this.state = state;
  }

  take(output: CliprdrOutput): void {
    const reason = "reason" in output ? `: ${output.reason}` : "";
    if (output.type !== "send") this.events.push(`${output.type}${reason}`);
    switch (output.type) {
      case "violation":
        this.complaints.push(`${output.by}: ${output.rule}`);
        break;
      case "wake":
        this.wake = output.at;
        break;
      case "offered":
        this.offered = output.formats;
        this.seen = offerIn(output.formats);
        break;
      case "offering":
        this.offers.add(output.offerId);
        this.offering = output.offerId;
        break;
      case "offerReleased":
        this.promise(this.offers.delete(output.offerId), "an offer is released once");
        this.promise(!this.wantedFiles.some(({ offerId }) => offerId === output.offerId), "nothing is wanted of it");
        break;
      case "locked":
        this.locked.set(output.clipDataId, output.offerId);
        break;
      case "unlocked":
        this.promise(this.locked.delete(output.clipDataId), "a lock is taken back once");
        break;
      case "wanted":
        this.promise(this.wanted === undefined, "data is wanted one after the other");
        this.promise(this.offering === output.offerId, "data is wanted of the newest offer");
        this.wanted = output;
        break;
      case "fileWanted":
        this.promise(this.offers.has(output.offerId), "files are wanted of offers that are kept");
        this.wantedFiles.push(output);
        break;
      case "cancelled":
        this.cancelled(output.requestId);
        break;
      case "received":
      case "receivedSize":
      case "failed":
        this.ended(output);
        break;
      default:
    }
  }

  private cancelled(requestId: number): void {
    const isFile = this.wantedFiles.some((each) => each.requestId === requestId);
    this.promise(isFile || this.wanted?.requestId === requestId, "what is cancelled was wanted");
    this.wantedFiles = this.wantedFiles.filter((each) => each.requestId !== requestId);
    if (this.wanted?.requestId === requestId) this.wanted = undefined;
  }

  private ended(output: Event<"received" | "receivedSize" | "failed">): void {
    const asked = this.asked.get(output.requestId);
    this.promise(this.asked.delete(output.requestId), "each request ends once");
    if (asked === undefined || output.type === "failed") return;
    const { seen, formatId, lindex = 0, range, clipDataId } = asked;
    const offerId = clipDataId === undefined ? seen : this.keptBy(clipDataId);
    if (output.type === "receivedSize") {
      this.promise(output.size === sizeOf(offerId ?? 0, lindex), "the size is of the file that was asked for");
    } else if (formatId === undefined) {
      const { position = 0n, length = 0 } = range ?? {};
      const expected = bytesOf(offerId ?? 0, lindex, position, length);
      this.promise(Buffer.from(output.data).equals(expected), "the bytes are of the file that was asked for");
    } else {
      const [side, of, format] = Buffer.from(output.data).toString().split(" ");
      this.promise(side !== this.side && Number(format) === formatId, "the data is in the format asked for");
      this.promise(Number(of) >= seen, "the data is of the offer that was seen, or of a newer one");
    }
  }

  private promise(kept: boolean, what: string): void {
    if (!kept) this.complaints.push(`broken: ${what}`);
  }
}
