import { Linker, type Link } from "@railvail/dissect";
import { isSelected, type Selection } from "./channels.js";
import type { ReadRecord } from "./connection-reading.js";

/**
 * The links of the messages that a listing reads. A message that the listing leaves out by its
 * direction can be what another answers, so each message is handed in; those of channels that are
 * left out are not looked at.
 */
export class ListedLinks {
  private readonly linker = new Linker();
  private readonly selection: Selection;

  constructor({ channels }: Selection) {
    this.selection = { channels };
  }

  /** The next record; what it answers or refers to. */
  link(record: ReadRecord): Link | undefined {
    if (record.type === "gap") {
      this.linker.lost(record.connection);
      return undefined;
    }
    return isSelected(record, this.selection) ? this.linker.link(record) : undefined;
  }
}
