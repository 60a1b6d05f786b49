import { cliprdrSend, type CliprdrRule, type CliprdrSend } from "./cliprdr-machine.js";
import { ClipboardMessageFlags } from "./pdu/header.js";

const { responseOk, responseFail } = ClipboardMessageFlags;
const nothing = new Uint8Array(0);

/** What the flags of a response say: [MS-RDPECLIP] 2.2.1. One of two must be set. */
export function outcomeOf(msgFlags: number): { readonly ok: boolean; readonly rule: CliprdrRule | undefined } {
  const said = msgFlags & (responseOk | responseFail);
  return {
    ok: (said & responseFail) === 0,
    rule: said === responseOk || said === responseFail ? undefined : "answer-flags",
  };
}

export const listAnswer = (ok: boolean): CliprdrSend =>
  cliprdrSend({ message: "formatListResponse", value: { msgFlags: ok ? responseOk : responseFail } });

/** [MS-RDPECLIP] 3.1.5.4.3: a failure has no data. */
export const dataAnswer = (data: Uint8Array | undefined): CliprdrSend =>
  cliprdrSend({
    message: "formatDataResponse",
    value: { msgFlags: data === undefined ? responseFail : responseOk, requestedFormatData: data ?? nothing },
  });

/** [MS-RDPECLIP] 3.1.5.4.7: a failure has no data. */
export const fileAnswer = (streamId: number, data: Uint8Array | undefined): CliprdrSend =>
  cliprdrSend({
    message: "fileContentsResponse",
    value: {
      msgFlags: data === undefined ? responseFail : responseOk,
      streamId,
      requestedFileContentsData: data ?? nothing,
    },
  });
