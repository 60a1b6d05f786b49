import { DeclarationError, DecodeError, type Pdu, type Source, type ViewOf } from "@railvail/wire";

/**
 * Looks at the headers of one kind where they lie: every packet has several, and nobody wants more of
 * them than a number or two and where their payload is. What was read last is valid until the next.
 */
export class Header<T> {
  readonly pdu: Pdu<T>;
  /** The fields of the header. */
  fields!: Readonly<Omit<T, "trailing">>;
  /** Where its payload starts in the source. */
  start = 0;
  /** Where its payload ends. */
  end = 0;
  private readonly payload: keyof T & string;
  /** Undefined until it is needed; null where there is no emitted code, so that headers are decoded. */
  private view: ViewOf<T> | null | undefined;

  /** `payload` is the name of a `bytes` field. */
  constructor(pdu: Pdu<T>, payload: keyof T & string) {
    this.pdu = pdu;
    this.payload = payload;
  }

  /** Reads the header at `offset`; false if the declaration refuses the bytes. */
  read(source: Source, offset: number, end: number): boolean {
    if (this.view === undefined) this.view = viewOf(this.pdu);
    const { view, payload } = this;
    try {
      if (view === null) this.decode(source, offset, end);
      else {
        this.fields = view.wrap(source, offset, end);
        this.start = view.offsetOf(payload);
        this.end = this.start + view.lengthOf(payload);
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return false;
    }
    return true;
  }

  private decode(source: Source, offset: number, end: number): void {
    const value = this.pdu.read(source, offset, end);
    const bytes = value[this.payload] as Uint8Array;
    this.fields = value;
    this.start = bytes.byteOffset - source.bytes.byteOffset;
    this.end = this.start + bytes.length;
  }
}

function viewOf<T>(pdu: Pdu<T>): ViewOf<T> | null {
  try {
    return pdu.view();
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    return null;
  }
}
