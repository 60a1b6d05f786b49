import type { CliprdrInput } from "@railvail/cliprdr";

/** After one packet of `times`. */
export const isTurn = (index: number, times: number): boolean => index % times === times - 1;

/** A command after one packet of `times`. */
export const every = <Input>(index: number, times: number, command: Input): readonly Input[] =>
  isTurn(index, times) ? [command] : [];

/** Offers and requests of an application, and a wait that is over, whichever side it is on. */
export const clipboardUse = (_state: unknown, index: number, now: number): readonly CliprdrInput[] => [
  ...every(index, 3, { type: "offer", formats: [{ formatId: 13, formatName: "" }] } as const),
  ...every(index, 4, { type: "request", requestId: index, formatId: 13, now } as const),
  ...every(index, 9, { type: "tick", now: now + 20_000 } as const),
];
