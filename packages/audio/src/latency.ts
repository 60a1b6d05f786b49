/** Times that were measured, in the unit in which they were handed in. */
export interface LatencyFigures {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** What is measured between two reports. */
export interface LatencyReport {
  /** From submission to the first confirm; undefined if none came. */
  readonly network: LatencyFigures | undefined;
  /** From submission to the second confirm; undefined if none came. */
  readonly played: LatencyFigures | undefined;
  /**
   * What a sound system should be told: the mean time between arriving and being played if the client tells
   * both; the mean time to the only confirm if it never tells the second. Without new samples it is that of
   * the last report, 0 at first.
   */
  readonly latency: number;
}

/** Samples that add up; it takes no more room however many there are. */
export interface Samples {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

export const noSamples: Samples = { count: 0, sum: 0, min: Infinity, max: -Infinity };

export const withSample = ({ count, sum, min, max }: Samples, sample: number): Samples => ({
  count: count + 1,
  sum: sum + sample,
  min: Math.min(min, sample),
  max: Math.max(max, sample),
});

export const figuresOf = ({ count, sum, min, max }: Samples): LatencyFigures | undefined =>
  count === 0 ? undefined : { count, mean: sum / count, min, max };
