/** A request that was sent. */
export interface Flight<Ask> {
  readonly ask: Ask;
  /** Without an answer it fails at this time. */
  readonly failAt: number;
  /** A late answer is waited for until this time. */
  readonly dropAt: number;
  /** It failed before; the answer is of no use any more. */
  readonly over: boolean;
}

/** Requests of one kind: those that were sent, in this order, and those that wait to be sent. */
export interface Lane<Ask> {
  readonly flying: readonly Flight<Ask>[];
  readonly queued: readonly Ask[];
}

/** A lane and the requests that something happened to. */
export interface LaneChange<Ask> {
  readonly lane: Lane<Ask>;
  readonly asks: readonly Ask[];
}

/** Before anything was asked. */
export const emptyLane: Lane<never> = { flying: [], queued: [] };

interface Times {
  readonly answerTimeout: number;
  readonly lateTimeout: number;
}

/** Puts a request behind the others. */
export const queue = <Ask>(lane: Lane<Ask>, ask: Ask): Lane<Ask> => ({ ...lane, queued: [...lane.queued, ask] });

/** What can be sent now, so that no more than `slots` are on their way. */
export function launch<Ask>(lane: Lane<Ask>, slots: number, times: Times, now: number): LaneChange<Ask> {
  const free = Math.max(slots - lane.flying.length, 0);
  if (free === 0 || lane.queued.length === 0) return { lane, asks: [] };
  const asks = lane.queued.slice(0, free);
  const failAt = now + times.answerTimeout;
  const flights = asks.map((ask) => ({ ask, failAt, dropAt: failAt + times.lateTimeout, over: false }));
  return { lane: { flying: [...lane.flying, ...flights], queued: lane.queued.slice(free) }, asks };
}

/** Gives requests up: those that were sent keep their place until they are answered or dropped. */
export function giveUp<Ask>(lane: Lane<Ask>, isMeant: (ask: Ask) => boolean): LaneChange<Ask> {
  const asks = waiting(lane).filter(isMeant);
  if (asks.length === 0) return { lane, asks };
  const flying = lane.flying.map((flight) => (isMeant(flight.ask) ? { ...flight, over: true } : flight));
  return { lane: { flying, queued: lane.queued.filter((ask) => !isMeant(ask)) }, asks };
}

/** What the passing of time does: requests fail, and places of those that had failed are free. */
export function expire<Ask>(lane: Lane<Ask>, now: number): LaneChange<Ask> {
  if (lane.flying.every((flight) => wakeOf(flight) > now)) return { lane, asks: [] };
  const late = (flight: Flight<Ask>): boolean => !flight.over && flight.failAt <= now;
  const asks = lane.flying.filter(late).map(({ ask }) => ask);
  const left = lane.flying.filter(({ dropAt }) => dropAt > now);
  return { lane: { ...lane, flying: left.map((flight) => (late(flight) ? { ...flight, over: true } : flight)) }, asks };
}

/** Frees the place of a request that was answered. */
export const withoutFlight = <Ask>(lane: Lane<Ask>, flight: Flight<Ask>): Lane<Ask> => ({
  ...lane,
  flying: lane.flying.filter((each) => each !== flight),
});

/** The requests that have neither been answered nor failed. */
export const waiting = <Ask>({ flying, queued }: Lane<Ask>): readonly Ask[] => [
  ...flying.filter(({ over }) => !over).map(({ ask }) => ask),
  ...queued,
];

/** When the next thing happens to the lane by itself. */
export const laneWake = <Ask>({ flying }: Lane<Ask>): number => Math.min(...flying.map(wakeOf));

const wakeOf = <Ask>({ over, failAt, dropAt }: Flight<Ask>): number => (over ? dropAt : failAt);
