import * as applist from "@railvail/applist";
import * as audio from "@railvail/audio";
import * as cliprdr from "@railvail/cliprdr";
import * as display from "@railvail/display";
import * as egfx from "@railvail/egfx";
import * as gfxredir from "@railvail/gfxredir";
import * as rail from "@railvail/rail";
import * as rdpdr from "@railvail/rdpdr";
import * as transport from "@railvail/transport";
import { Pdu } from "@railvail/wire";

/** A message, under the name that its package exports it by. */
export interface DeclaredMessage {
  readonly package: string;
  readonly exported: string;
  readonly pdu: Pdu;
}

const packages = { transport, rail, egfx, gfxredir, applist, cliprdr, audio, display, rdpdr };

/** The packages that declare messages. */
export const packageNames: readonly string[] = Object.keys(packages);

/** Every message that the packages declare; of each package in alphabetical order. */
export const catalogue: readonly DeclaredMessage[] = Object.entries(packages).flatMap(([name, exports]) =>
  Object.entries(exports)
    .filter((entry): entry is [string, Pdu] => entry[1] instanceof Pdu)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([exported, pdu]) => ({ package: name, exported, pdu })),
);
