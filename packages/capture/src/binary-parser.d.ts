// The package's own declarations pull in Node's globals and give `any` for what was parsed.
declare module "binary-parser" {
  export class Parser<Fields = object> {
    endianness(order: "little" | "big"): this;
    uint8<Name extends string>(name: Name): Parser<Fields & Record<Name, number>>;
    uint16<Name extends string>(name: Name): Parser<Fields & Record<Name, number>>;
    uint32<Name extends string>(name: Name): Parser<Fields & Record<Name, number>>;
    bit4<Name extends string>(name: Name): Parser<Fields & Record<Name, number>>;
    bit3<Name extends string>(name: Name): Parser<Fields & Record<Name, number>>;
    bit13<Name extends string>(name: Name): Parser<Fields & Record<Name, number>>;
    seek(bytes: number): this;
    sizeOf(): number;
    parse(bytes: Uint8Array): Fields;
  }
}
