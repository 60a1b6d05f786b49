/** Runs of bytes that are remembered of one file; real peers ask for them in order, which takes one. */
const rangeLimit = 1024;

/** Which bytes of a file there are. */
export class FileRanges {
  /** Runs that neither overlap nor touch, in order. */
  private runs: { start: number; end: number }[] = [];

  /** These bytes have come. False, with nothing remembered, if there are too many holes already. */
  add(start: number, end: number): boolean {
    if (end <= start) return true;
    const before = this.runs.filter((run) => run.end < start);
    const after = this.runs.filter((run) => run.start > end);
    const touched = this.runs.slice(before.length, this.runs.length - after.length);
    if (touched.length === 0 && this.runs.length >= rangeLimit) return false;
    const joined = {
      start: Math.min(start, touched[0]?.start ?? start),
      end: Math.max(end, touched.at(-1)?.end ?? end),
    };
    this.runs = [...before, joined, ...after];
    return true;
  }

  /** Whether all bytes up to this length have come. */
  covers(length: number): boolean {
    return length === 0 || (this.runs[0]?.start === 0 && this.runs[0].end >= length);
  }

  /** Bytes that have come. */
  get known(): number {
    return this.runs.reduce((sum, { start, end }) => sum + end - start, 0);
  }
}
