import { fileAnswer } from "./answers.js";
import type { CliprdrCancel, Outputs } from "./cliprdr-events.js";
import { cliprdrViolation, type CliprdrRule } from "./cliprdr-machine.js";
import {
  cliprdrFeatures,
  withServing,
  type CliprdrState,
  type Offer,
  type OfferLock,
  type Serving,
  type WantedFile,
} from "./cliprdr-state.js";
import { requestedFileRange, type FileRange } from "./file-range.js";
import { isFileList } from "./format-names.js";
import { FileContentsFlags, FileContentsSize, type FileContentsRequest } from "./pdu/file-contents.js";

/** The first position that needs `hugeFileSupportEnabled`. */
export const hugePosition = 1n << 32n;

/**
 * The peer asks for the size or bytes of a file: [MS-RDPECLIP] 3.1.5.4.6. The numbers of files are
 * those of one offer's list; if the peer has not read that list, it means an older one and fails.
 */
export function fileRequested(
  state: CliprdrState,
  request: FileContentsRequest,
  now: number,
  outputs: Outputs,
): CliprdrState {
  const { streamId, lindex, dwFlags } = request;
  const { options, serving } = state;
  const fails = (rule?: CliprdrRule): CliprdrState => {
    if (rule !== undefined) outputs.push(cliprdrViolation("peer", rule));
    outputs.push(fileAnswer(streamId, undefined));
    return state;
  };
  const asked = requestedFileRange(request);
  const features = cliprdrFeatures(state);
  if (!features.files || (!features.hugeFiles && asked !== undefined && asked.position >= hugePosition))
    outputs.push(cliprdrViolation("peer", "not-negotiated"));
  const isSize = (dwFlags & (FileContentsFlags.size | FileContentsFlags.range)) === FileContentsFlags.size;
  if ((asked === undefined && !isSize) || lindex < 0) return fails("file-request");
  const lock = serving.locks.find(({ clipDataId }) => clipDataId === request.clipDataId);
  // A number that was never locked means nothing from a peer without locks.
  if (lock === undefined && request.clipDataId !== undefined && features.locks) return fails("lock-unknown");
  const offer = lock === undefined ? serving.offer : offerOf(serving, lock);
  if (offer === undefined || !offer.listed || (lock === undefined && serving.refused)) {
    const isUnasked = lock === undefined && serving.unanswered === 0;
    return fails(isUnasked && (serving.refused || !offer?.formats.some(isFileList)) ? "files-not-offered" : undefined);
  }
  if (serving.files.length >= options.maxWanted) return fails("too-many-requests");
  const range = asked && cut(asked, options.maxFileChunk);
  const { nextRequestId: requestId } = serving;
  const { offerId } = offer;
  outputs.push({ type: "fileWanted", requestId, offerId, lindex, range });
  const deadline = now + options.provideTimeout;
  const wanted: WantedFile = { requestId, streamId, offerId, length: range?.length, deadline };
  return withServing(state, { files: [...serving.files, wanted], nextRequestId: requestId + 1 });
}

const offerOf = ({ offer, kept }: Serving, lock: OfferLock): Offer | undefined =>
  [offer, ...kept].find(({ offerId }) => offerId === lock.offerId);

/** An answer may be shorter than what was asked for. */
const cut = ({ position, length }: FileRange, most: number): FileRange => ({
  position,
  length: Math.min(length, most),
});

/** The application's answer: [MS-RDPECLIP] 3.1.5.4.7. */
export function provideFile(
  state: CliprdrState,
  { requestId, content }: { readonly requestId: number; readonly content: bigint | Uint8Array | undefined },
  outputs: Outputs,
): CliprdrState {
  const wanted = state.serving.files.find((each) => each.requestId === requestId);
  if (wanted === undefined || !answers(content, wanted)) {
    outputs.push(cliprdrViolation("local", wanted === undefined ? "not-wanted" : "wrong-answer"));
    return state;
  }
  const data = typeof content === "bigint" ? FileContentsSize.encode({ size: content }) : content;
  outputs.push(fileAnswer(wanted.streamId, data));
  return withServing(state, { files: state.serving.files.filter((each) => each !== wanted) });
}

function answers(content: bigint | Uint8Array | undefined, { length }: WantedFile): boolean {
  if (content === undefined) return true;
  if (typeof content === "bigint") return length === undefined && content === BigInt.asUintN(64, content);
  return length !== undefined && content.length <= length;
}

/** Files that are wanted fail, and the application need not provide them. */
export function failFiles(
  state: CliprdrState,
  isMeant: (wanted: WantedFile) => boolean,
  reason: CliprdrCancel,
  outputs: Outputs,
): CliprdrState {
  const { files } = state.serving;
  const meant = files.filter(isMeant);
  if (meant.length === 0) return state;
  for (const { requestId, streamId } of meant)
    outputs.push({ type: "cancelled", requestId, reason }, fileAnswer(streamId, undefined));
  return withServing(state, { files: files.filter((each) => !meant.includes(each)) });
}
