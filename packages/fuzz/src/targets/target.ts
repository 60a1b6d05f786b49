import type { Choice, Pdu } from "@railvail/wire";
import type { FuzzInput, Packet } from "../packet.js";

/** Something that is given inputs, and knows what must hold then. */
export interface Target {
  readonly name: string;
  /** What it is, in a few words. */
  readonly about: string;
  /** Something legal, or nearly, to begin with. The same choices give the same input. */
  make(choice: Choice): FuzzInput;
  /**
   * Throws, or rejects, if something does not hold. Any error counts; a `BrokenLaw` says which law it is. The same
   * input has to do the same each time.
   */
  check(input: FuzzInput): void | Promise<void>;
  /** The declaration that a packet can be read with, for mutators and reports; by its channel unless said. */
  pduOf?(packet: Packet): Pdu | undefined;
  /** An input is always one packet. */
  readonly single?: boolean;
}
