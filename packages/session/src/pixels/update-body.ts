/** The body of a fast-path update, and its `FastPathUpdateCode`: what `ServerConnection.sendUpdate` takes. */
export interface UpdateBody {
  readonly updateCode: number;
  readonly data: Uint8Array;
}
