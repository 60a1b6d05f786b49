import { FileContentsFlags, type FileContentsRequest } from "./pdu/file-contents.js";
import type { FileDescriptor } from "./pdu/packed-payload.js";

/** A file of the peer's list, and the numbers of what goes on about it. */
export interface FileStream {
  /** Any number; the response has the same. */
  readonly streamId: number;
  /** Index in the file list, from 0. */
  readonly lindex: number;
  /** The lock that keeps the file available, if there is one. */
  readonly clipDataId?: number | undefined;
}

/** A run of bytes of a file. */
export interface FileRange {
  /** Bytes from the start of the file: 64 bits. Positions from 4 GiB on need `hugeFileSupportEnabled`. */
  readonly position: bigint;
  /** Bytes at most. */
  readonly length: number;
}

const half = 32n;
const lowHalf = 0xffff_ffffn;
const joined = (high: number, low: number): bigint => (BigInt(high) << half) | BigInt(low);
/** A number that does not fit into 64 bits gives a high half that the encoder refuses. */
const highOf = (whole: bigint): number => Number(whole >> half);
const lowOf = (whole: bigint): number => Number(whole & lowHalf);

const sizeBytes = 8;

/** Asks for the size of a file. */
export function fileSizeRequest({ streamId, lindex, clipDataId }: FileStream): FileContentsRequest {
  const asked = { dwFlags: FileContentsFlags.size, nPositionLow: 0, nPositionHigh: 0, cbRequested: sizeBytes };
  return { msgFlags: 0, streamId, lindex, ...asked, clipDataId };
}

/** Asks for bytes of a file. */
export function fileRangeRequest({ streamId, lindex, clipDataId }: FileStream, range: FileRange): FileContentsRequest {
  const { position, length } = range;
  return {
    msgFlags: 0,
    streamId,
    lindex,
    dwFlags: FileContentsFlags.range,
    nPositionLow: lowOf(position),
    nPositionHigh: highOf(position),
    cbRequested: length,
    clipDataId,
  };
}

/** The bytes that are asked for; undefined if it is the size, or flags that exclude each other. */
export function requestedFileRange(request: FileContentsRequest): FileRange | undefined {
  const { dwFlags, nPositionHigh, nPositionLow, cbRequested } = request;
  if ((dwFlags & (FileContentsFlags.size | FileContentsFlags.range)) !== FileContentsFlags.range) return undefined;
  return { position: joined(nPositionHigh, nPositionLow), length: cbRequested };
}

/** The size of a listed file in bytes. It means nothing without the flag `fileSize`. */
export const listedFileSize = ({ fileSizeHigh, fileSizeLow }: Pick<FileDescriptor, SizeHalf>): bigint =>
  joined(fileSizeHigh, fileSizeLow);

/** A size in bytes as a file descriptor has it. */
export const fileSizeHalves = (size: bigint): Pick<FileDescriptor, SizeHalf> => ({
  fileSizeHigh: highOf(size),
  fileSizeLow: lowOf(size),
});

type SizeHalf = "fileSizeHigh" | "fileSizeLow";
