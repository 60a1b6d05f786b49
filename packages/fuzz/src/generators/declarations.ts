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

const packages = { applist, audio, cliprdr, display, egfx, gfxredir, rail, rdpdr, transport };

/** Every message that the packages declare, by package and exported name: `rail/WindowMove`. */
export const declarations: ReadonlyMap<string, Pdu> = new Map(
  Object.entries(packages).flatMap(([name, exports]) =>
    Object.entries(exports)
      .filter((entry): entry is [string, Pdu] => entry[1] instanceof Pdu)
      .map(([exported, pdu]): [string, Pdu] => [`${name}/${exported}`, pdu]),
  ),
);
