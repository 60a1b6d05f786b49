import {
  ClipCaps,
  FileContentsRequest,
  FileContentsResponse,
  FormatDataRequest,
  FormatDataResponse,
  FormatListLong,
  FormatListResponse,
  FormatListShort,
  LockClipData,
  UnlockClipData,
} from "@railvail/cliprdr";
import { by, type Pair } from "./pair.js";

/** The clipboard: both sides ask and answer, [MS-RDPECLIP] 1.3.2. */
export const clipboardPairs: readonly Pair[] = [
  { kind: "clipboard capabilities", first: [by(ClipCaps)], second: [by(ClipCaps)], from: "s2c" },
  { kind: "format list", first: [by(FormatListLong), by(FormatListShort)], second: [by(FormatListResponse)] },
  { kind: "clipboard data", first: [by(FormatDataRequest)], second: [by(FormatDataResponse)] },
  {
    kind: "file contents",
    first: [by(FileContentsRequest, ({ streamId }) => streamId)],
    second: [by(FileContentsResponse, ({ streamId }) => streamId)],
  },
  {
    kind: "clipboard lock",
    relation: "refers",
    first: [by(LockClipData, ({ clipDataId }) => clipDataId)],
    second: [by(UnlockClipData, ({ clipDataId }) => clipDataId)],
  },
];
