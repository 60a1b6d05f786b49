import { GatheredBytes } from "./gathered-bytes.js";
import type { MessageMemory } from "./message-memory.js";
import { Fragmentation } from "./pdu/fast-path-output.js";

/** Why a fragment could not be used. The bytes collected before it are given up. */
export type FragmentProblem =
  | { readonly code: "no-first"; readonly updateCode: number }
  | { readonly code: "interrupted"; readonly expected: number; readonly updateCode: number }
  | {
      readonly code: "too-large";
      readonly updateCode: number;
      readonly size: number;
      readonly limit: number;
    }
  | { readonly code: "no-memory"; readonly updateCode: number; readonly size: number };

/** What came of a fragment. */
export type FragmentResult =
  | {
      readonly type: "update";
      readonly updateCode: number;
      readonly data: Uint8Array;
      readonly problem?: FragmentProblem;
    }
  | { readonly type: "incomplete"; readonly problem?: FragmentProblem }
  | { readonly type: "dropped"; readonly problem: FragmentProblem };

/** One decompressed fast-path update, as it stands in a packet. */
export interface UpdateFragment {
  readonly updateCode: number;
  readonly fragmentation: number;
  readonly updateData: Uint8Array;
}

/**
 * Puts fast-path updates together from their fragments, [MS-RDPBCGR] 3.2.5.9.3. Fragments are
 * decompressed before they come here. It keeps at most `limit` bytes.
 */
export class FastPathFragments {
  private readonly limit: number;
  private updateCode: number | undefined;
  private readonly gathered: GatheredBytes;

  /**
   * `limit` is the multifragment update size that was negotiated, in bytes. `memory` is asked for
   * what is kept; without one there is no other limit.
   */
  constructor(limit: number, memory?: MessageMemory) {
    this.limit = limit;
    this.gathered = new GatheredBytes(memory);
  }

  /** Bytes of an update that is not whole yet. */
  get pending(): number {
    return this.gathered.length;
  }

  /**
   * Takes the next fragment. A single update is given back as it is, a view of its packet; one
   * put together has memory of its own.
   */
  add({ updateCode, fragmentation, updateData }: UpdateFragment): FragmentResult {
    if (fragmentation === Fragmentation.single || fragmentation === Fragmentation.first) {
      const interrupted = this.updateCode;
      this.reset();
      const result =
        fragmentation === Fragmentation.single
          ? { type: "update" as const, updateCode, data: updateData }
          : this.collect(updateCode, updateData, false);
      if (interrupted === undefined || result.type === "dropped") return result;
      return { ...result, problem: { code: "interrupted", expected: interrupted, updateCode } };
    }
    if (this.updateCode === undefined) return { type: "dropped", problem: { code: "no-first", updateCode } };
    if (this.updateCode !== updateCode) {
      const expected = this.updateCode;
      this.reset();
      return { type: "dropped", problem: { code: "interrupted", expected, updateCode } };
    }
    return this.collect(updateCode, updateData, fragmentation === Fragmentation.last);
  }

  /** Gives up what was collected. */
  reset(): void {
    this.updateCode = undefined;
    this.gathered.take();
  }

  private collect(updateCode: number, data: Uint8Array, last: boolean): FragmentResult {
    const size = this.gathered.length + data.length;
    if (size > this.limit) {
      this.reset();
      return { type: "dropped", problem: { code: "too-large", updateCode, size, limit: this.limit } };
    }
    // The packet's memory is the caller's to reuse.
    if (!this.gathered.append(data, this.limit)) {
      this.reset();
      return { type: "dropped", problem: { code: "no-memory", updateCode, size } };
    }
    this.updateCode = last ? undefined : updateCode;
    return last ? { type: "update", updateCode, data: this.gathered.take() } : { type: "incomplete" };
  }
}
