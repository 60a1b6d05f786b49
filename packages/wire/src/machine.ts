/** What a machine answers to an input: its next state, and what is to be done, in this order. */
export interface Step<State, Output> {
  readonly state: State;
  readonly outputs: readonly Output[];
}

/**
 * A rule of the protocol was broken: by the peer, whose message was out of place or out of range,
 * or locally, by a command that cannot be carried out now. Nothing else came of the input unless the
 * machine says so. What to do about it is the caller's choice.
 */
export interface Violation<Rule extends string = string> {
  readonly type: "violation";
  readonly by: "peer" | "local";
  /** A stable name, listed with the machine. */
  readonly rule: Rule;
  /** One lower-case sentence. */
  readonly message: string;
}

/** Makes violations of a machine's rules: the name of each, and what it means. */
export const violationsOf =
  <Rule extends string>(rules: Readonly<Record<Rule, string>>) =>
  (by: Violation["by"], rule: Rule): Violation<Rule> => ({ type: "violation", by, rule, message: rules[rule] });

/** What a machine wants sent on its channel. */
export interface Send<Message> {
  readonly type: "send";
  readonly message: Message;
}

export const send = <Message>(message: Message): Send<Message> => ({ type: "send", message });

/** The machine wants a tick at this time, in milliseconds on the caller's clock; undefined: no more. */
export interface Wake {
  readonly type: "wake";
  readonly at: number | undefined;
}
