import {
  FastPathUpdateCode,
  fastPathUpdateBody,
  PointerUpdate,
  SystemPointerType,
  Update,
  type BitmapUpdate,
  type CachedPointer,
  type ColorPointer,
  type LargePointer,
  type NewPointer,
  type OrdersUpdate,
  type PaletteUpdate,
  type PointerPosition,
  type SurfaceCommands,
} from "@railvail/transport";
import type { Pdu } from "@railvail/wire";

/** Updates by what they change, and their bodies. */
interface UpdateBodies {
  readonly orders: OrdersUpdate;
  readonly bitmap: BitmapUpdate;
  readonly palette: PaletteUpdate;
  readonly synchronize: undefined;
  readonly surfaceCommands: SurfaceCommands;
  readonly pointerHidden: undefined;
  readonly pointerDefault: undefined;
  readonly pointerPosition: PointerPosition;
  readonly colorPointer: ColorPointer;
  readonly cachedPointer: CachedPointer;
  readonly newPointer: NewPointer;
  readonly largePointer: LargePointer;
  /** An update of unknown code: its bytes. */
  readonly unknown: Uint8Array;
}

/**
 * A whole update of the server, of the fast path or the slow one: `update` says what `value` is.
 * Values are views of what was received, unless they came in fragments.
 */
export type UpdateReceived = {
  readonly [Name in keyof UpdateBodies]: {
    readonly type: "update";
    readonly update: Name;
    /** A `FastPathUpdateCode`, also for updates of the slow path. */
    readonly updateCode: number;
    readonly value: UpdateBodies[Name];
  };
}[keyof UpdateBodies];

type UpdateName = keyof typeof FastPathUpdateCode;
const names: ReadonlyMap<number, UpdateName> = new Map(
  Object.entries(FastPathUpdateCode).map(([name, code]) => [code, name as UpdateName]),
);

const received = (update: UpdateName, value: unknown): UpdateReceived =>
  ({ type: "update", update, updateCode: FastPathUpdateCode[update], value }) as UpdateReceived;

/** The update that a fast-path body is, decompressed and whole. Throws `DecodeError`. */
export function fastPathUpdate(updateCode: number, data: Uint8Array): UpdateReceived {
  const name = names.get(updateCode);
  if (name === undefined) return { type: "update", update: "unknown", updateCode, value: data };
  return received(name, fastPathUpdateBody(updateCode)?.decode(data));
}

const slowPathPointers = {
  position: "pointerPosition",
  color: "colorPointer",
  cached: "cachedPointer",
  pointer: "newPointer",
} as const;

/** The update that a slow-path PDU is ([MS-RDPBCGR] 2.2.9.1.1.3, 2.2.9.1.1.4); undefined if it is none that is known. */
export function slowPathUpdate(pdu: Pdu, value: unknown): UpdateReceived | undefined {
  if (pdu === Update) {
    const { update } = value as Update;
    if (update.type === "unknown") return undefined;
    if (update.type === "synchronize") return received("synchronize", undefined);
    if (update.type === "orders") {
      const { numberOrders, orderData } = update;
      return received("orders", { numberOrders, orderData });
    }
    const { type, ...body } = update;
    return received(type, body);
  }
  if (pdu !== PointerUpdate) return undefined;
  const { pointerAttributeData } = value as PointerUpdate;
  if (pointerAttributeData.type === "unknown") return undefined;
  const { type, ...body } = pointerAttributeData;
  if (type !== "system") return received(slowPathPointers[type], body);
  const { systemPointerType } = body as { systemPointerType: number };
  if (systemPointerType === SystemPointerType.SYSPTR_NULL) return received("pointerHidden", undefined);
  return systemPointerType === SystemPointerType.SYSPTR_DEFAULT ? received("pointerDefault", undefined) : undefined;
}
