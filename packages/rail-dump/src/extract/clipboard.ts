import {
  ClipboardMessageFlags,
  FileContentsRequest,
  FileContentsResponse,
  FormatDataRequest,
  FormatDataResponse,
  FormatListLong,
  FormatListShort,
  LockClipData,
  UnlockClipData,
} from "@railvail/cliprdr";
import type { Direction, Message } from "@railvail/dissect";
import type { Pdu } from "@railvail/wire";
import { clipboardFile, formatName } from "./clipboard-contents.js";
import { ClipboardFiles, fileQuestion, type FileList, type FileQuestion } from "./clipboard-files.js";
import type { ExtractContext, Extractor } from "./extractor.js";
import type { ListedFile } from "./file-list.js";
import { fileName } from "./file-name.js";
import { PerConnection } from "./per-connection.js";
import { safeName } from "./safe-name.js";

/** Questions without an answer, locks, and names of formats that are kept of one side. */
const keptLimit = 1024;

const other: Readonly<Record<Direction, Direction>> = { c2s: "s2c", s2c: "c2s" };
const sideNames: Readonly<Record<Direction, string>> = { c2s: "client", s2c: "server" };

/** What one side offers, and what the other has asked it for. */
class Offer {
  /** Names of the formats that it listed, by number. */
  formats: ReadonlyMap<number, string> = new Map();
  list: FileList;
  /** Its formats were listed since: the next list of files is another one. */
  changed = true;
  readonly asked: number[] = [];
  readonly askedFiles = new Map<number, FileQuestion[]>();
  /** Lists that the other side has locked, by its number for the lock. */
  readonly locks = new Map<number, FileList>();
  readonly files: ClipboardFiles;

  constructor(context: ExtractContext, side: Direction) {
    this.files = new ClipboardFiles(context, sideNames[side]);
  }
}

type Offers = Readonly<Record<Direction, Offer>>;

/** The clipboard: what each side took from the other, as files. */
export class ClipboardExtractor implements Extractor {
  readonly kind = "clipboard";
  readonly channels = ["cliprdr"];
  private readonly context: ExtractContext;
  private readonly connections: PerConnection<Offers>;

  constructor(context: ExtractContext) {
    this.context = context;
    this.connections = new PerConnection<Offers>(
      () => ({ c2s: new Offer(context, "c2s"), s2c: new Offer(context, "s2c") }),
      ({ c2s, s2c }) => {
        c2s.files.finish();
        s2c.files.finish();
      },
    );
  }

  message(message: Message): void {
    const { pdu, direction } = message;
    const offers = this.connections.of(message.connection);
    const own = offers[direction];
    const peer = offers[other[direction]];
    switch (pdu) {
      case undefined:
        return;
      case FormatListLong as Pdu:
      case FormatListShort as Pdu: {
        const { formats } = message.value as FormatListLong | FormatListShort;
        own.changed = true;
        own.formats = new Map(formats.slice(0, keptLimit).map((format) => [format.formatId, format.formatName]));
        return;
      }
      case FormatDataRequest as Pdu:
        keep(peer.asked, (message.value as FormatDataRequest).requestedFormatId);
        return;
      case FormatDataResponse as Pdu:
        return this.contents(message, own, message.value as FormatDataResponse);
      case LockClipData as Pdu:
        return lock(peer, (message.value as LockClipData).clipDataId);
      case UnlockClipData as Pdu:
        peer.locks.delete((message.value as UnlockClipData).clipDataId);
        return;
      case FileContentsRequest as Pdu:
        return askFile(peer, message.value as FileContentsRequest);
      case FileContentsResponse as Pdu:
        return this.fileContents(message, own, message.value as FileContentsResponse);
    }
  }

  /** An answer may be among what is missing: the next would be taken for it. */
  lost(connection: number): void {
    const offers = this.connections.known(connection);
    if (offers === undefined) return;
    for (const offer of [offers.c2s, offers.s2c]) {
      offer.asked.length = 0;
      offer.askedFiles.clear();
    }
  }

  finish(): void {
    this.connections.finish();
  }

  private contents(message: Message, offer: Offer, response: FormatDataResponse): void {
    const { report, folder } = this.context;
    const id = offer.asked.shift();
    const side = sideNames[message.direction];
    if (refuses(response.msgFlags))
      return report.left("clipboard", "contents that a side refused to give", message, true);
    const listed = id === undefined ? undefined : offer.formats.get(id);
    const name = id === undefined ? "unknown format" : formatName(id, listed);
    const { extension, contents, details, list, fault } = clipboardFile(id ?? -1, listed, response.requestedFormatData);
    if (fault !== undefined) report.left("clipboard", fault, message);
    if (id === undefined) report.left("clipboard", "contents whose format was not asked for in the capture", message);
    if (list !== undefined && (offer.changed || !isSame(list, offer.list))) offer.list = list;
    if (list !== undefined) offer.changed = false;
    const file = folder.write(fileName("clipboard", message, [side, safeName(name)], extension), contents);
    if (file === undefined) return report.left("clipboard", "a limit was reached", message);
    report.file("clipboard", file, message, {
      what: `clipboard contents that the ${side} offered`,
      formatId: id,
      format: name,
      wireBytes: response.requestedFormatData.length,
      ...details,
    });
  }

  private fileContents(message: Message, offer: Offer, response: FileContentsResponse): void {
    const { report } = this.context;
    const { streamId, msgFlags, requestedFileContentsData } = response;
    const waiting = offer.askedFiles.get(streamId);
    const question = waiting?.shift();
    if (waiting?.length === 0) offer.askedFiles.delete(streamId);
    if (question === undefined) {
      return report.left("clipboard", "parts of files that were not asked for in the capture", message);
    }
    if (refuses(msgFlags)) return report.left("clipboard", "parts of files that a side refused to give", message, true);
    offer.files.answer(question, requestedFileContentsData, message);
  }
}

/** Peers ask for the list more than once: its files stay the same ones. */
const isSame = (list: readonly ListedFile[], before: FileList): boolean =>
  list.length === before?.length &&
  list.every(({ name, size }, index) => name === before[index]?.name && size === before[index].size);

const refuses = (flags: number): boolean => (flags & ClipboardMessageFlags.responseFail) !== 0;

function keep<T>(list: T[], value: T): void {
  list.push(value);
  if (list.length > keptLimit) list.shift();
}

function lock(offer: Offer, clipDataId: number): void {
  if (offer.locks.size < keptLimit) offer.locks.set(clipDataId, offer.list);
}

function askFile(offer: Offer, request: FileContentsRequest): void {
  const { streamId, clipDataId } = request;
  const locked = clipDataId !== undefined && offer.locks.has(clipDataId);
  const question = fileQuestion(request, locked ? offer.locks.get(clipDataId) : offer.list);
  const waiting = offer.askedFiles.get(streamId);
  if (waiting !== undefined) keep(waiting, question);
  else if (offer.askedFiles.size < keptLimit) offer.askedFiles.set(streamId, [question]);
}
