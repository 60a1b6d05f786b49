/** JSON that is not what the value of a message is written as. */
export class JsonValueError extends Error {
  override readonly name = "JsonValueError";
  /** Where, as in errors of codecs: `monitors[2].left`; empty for the whole. */
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(path === "" ? reason : `${path}: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}
