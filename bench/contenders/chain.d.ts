interface NumberOptions {
  readonly assert?: number;
}

/** What is used of the `Parser` of `binary-parser`; its own types cannot be found from a module. */
export interface Chain {
  uint8(name: string, options?: NumberOptions): this;
  uint16le(name: string, options?: NumberOptions): this;
  uint32le(name: string, options?: NumberOptions): this;
  int32le(name: string): this;
  uint64le(name: string): this;
  buffer(name: string, options: { length: string; formatter: (bytes: Buffer) => string }): this;
  array(name: string, options: { type: Chain; length: string }): this;
  nest(name: string, options: { type: Chain }): this;
  choice(options: {
    tag(this: { fieldsPresentFlags: number }): number;
    choices: Readonly<Record<number, Chain>>;
  }): this;
  parse(bytes: Uint8Array): object;
}

export interface BinaryParser {
  readonly Parser: new () => Chain;
}
