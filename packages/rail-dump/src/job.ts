import type { KeyLog } from "@railvail/capture";
import type { Arguments } from "./arguments.js";
import type { Columns } from "./filter/columns.js";
import type { Palette } from "./palette.js";
import type { Printer } from "./printer.js";
import type { Progress } from "./progress.js";
import type { Surroundings } from "./terminal.js";

/** What a command gets to work with. */
export interface Job {
  readonly args: Arguments;
  /** What `-T fields` prints. */
  readonly columns: Columns | undefined;
  readonly printer: Printer;
  readonly palette: Palette;
  readonly progress: Progress;
  /** Columns of a line. */
  readonly width: number;
  readonly open: Surroundings["open"];
  /** For files that are written. */
  readonly io: Pick<Surroundings, "create" | "sameFile">;
  /** Secrets of TLS. */
  readonly keys: KeyLog;
  /** Says on standard error what is wrong with a file. */
  readonly complaint: (message: string) => void;
}
