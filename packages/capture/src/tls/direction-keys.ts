import type { Direction } from "../stream-event.js";
import type { Negotiations, Refusal, Stage } from "./negotiation.js";
import type { Opened, Protection } from "./protection.js";

/** After lost records, so many sequence numbers ahead are tried. */
const farthest = 1024;
/** All tries beyond the first, so that damage on purpose costs no more than a second or two. */
const mostTries = 2 ** 16;

interface Keyed {
  readonly stage: Stage;
  readonly round: number;
  readonly protection: Protection;
}

/** The keys that one direction is at, and the sequence number of its next record. */
export class DirectionKeys {
  readonly #direction: Direction;
  readonly #negotiations: Negotiations;
  #stage: Stage | "clear" = "clear";
  /** Number of the handshake that the keys come from. */
  #round = -1;
  #protection: Protection | undefined;
  #sequence = 0;
  /** So many sequence numbers may have been passed over. */
  #slack = 0;
  #triesLeft = mostTries;

  constructor(direction: Direction, negotiations: Negotiations) {
    this.#direction = direction;
    this.#negotiations = negotiations;
  }

  get stage(): Stage | "clear" {
    return this.#stage;
  }

  /** No record was opened with these keys yet. */
  get untouched(): boolean {
    return this.#sequence === 0;
  }

  /** Records are missing since the last one that was opened. */
  get doubtful(): boolean {
    return this.#slack > 0;
  }

  /** From the next record on, the keys of the handshake that the direction is in. */
  change(stage: Stage): void {
    this.#stage = stage;
    this.#round = this.#negotiations.round(this.#direction);
    this.#protection = undefined;
    this.#sequence = 0;
  }

  /** From the next record on, the keys after a key update. */
  update(): void {
    const next = this.#protection?.next?.();
    if (next === undefined) return;
    this.#protection = next;
    this.#sequence = 0;
  }

  /** So many records, at most, are missing. */
  lose(records: number): void {
    this.#protection?.lost?.();
    this.#slack = Math.min(this.#slack + records, farthest);
  }

  /** A record was not opened: it may have had a sequence number or not. */
  passOver(): void {
    this.#slack = Math.min(this.#slack + 1, farthest);
  }

  /** Whether keys of this stage are there. */
  has(stage: Stage): boolean {
    return this.#keyed(stage, this.#round) !== undefined;
  }

  /** Gets the keys if they are not there yet; else says why there are none. */
  prepare(): Refusal | undefined {
    if (this.#protection !== undefined || this.#stage === "clear") return undefined;
    const negotiation = this.#negotiations.at(this.#round);
    if (negotiation === undefined) return { issue: { kind: "handshake-missing" }, wait: false };
    const found = negotiation.protection(this.#direction, this.#stage);
    if ("issue" in found) return found;
    this.#protection = found;
    return undefined;
  }

  /**
   * Opens the next record; undefined if it fits no sequence number that it may have. Where
   * records are missing, the change to the next keys may have been among them.
   */
  open(record: Uint8Array): Opened | undefined {
    const current = this.#protection;
    const last = this.#sequence + this.#slack;
    let opened = current && this.#try(current, record, this.#sequence, last);
    if (opened === undefined && this.doubtful) {
      const next = this.#following();
      if (next !== undefined) opened = this.#tryNext(next, record);
    }
    this.#protection?.passed?.(record);
    if (opened !== undefined) this.#slack = 0;
    return opened;
  }

  #tryNext(next: Keyed, record: Uint8Array): Opened | undefined {
    const before = this.#sequence;
    const opened = this.#try(next.protection, record, 0, this.#slack);
    if (opened === undefined) {
      this.#sequence = before;
      return undefined;
    }
    this.#stage = next.stage;
    this.#round = next.round;
    this.#protection = next.protection;
    return opened;
  }

  /** Tries sequence numbers from `first` to `last`. */
  #try(by: Protection, record: Uint8Array, first: number, last: number): Opened | undefined {
    for (let sequence = first; sequence <= last; sequence++) {
      if (sequence > first && this.#triesLeft-- <= 0) break;
      if (sequence > first && by !== this.#protection) by.lost?.();
      const opened = by.open(record, sequence);
      if (opened === undefined) continue;
      this.#sequence = sequence + 1;
      return opened;
    }
    return undefined;
  }

  /** The keys that come after those in use. */
  #following(): Keyed | undefined {
    const round = this.#negotiations.round(this.#direction);
    switch (this.#stage) {
      case "clear":
        return this.#keyed("session", round);
      case "session":
        return round === this.#round ? undefined : this.#keyed("session", round);
      case "handshake":
        return this.#keyed("application", this.#round);
      case "application": {
        const protection = this.#protection?.next?.();
        return protection && { stage: "application", round: this.#round, protection };
      }
    }
  }

  #keyed(stage: Stage, round: number): Keyed | undefined {
    const found = this.#negotiations.at(round)?.protection(this.#direction, stage);
    return found === undefined || "issue" in found ? undefined : { stage, round, protection: found };
  }
}
