import { DataTpdu, mcsPdus, SendDataIndication, SendDataRequest, sharePdu, x224Pdus } from "@railvail/transport";
import { DecodeError, sourceOf, type Pdu } from "@railvail/wire";
import type { Side } from "../packet.js";

/** One declaration of those that lie around each other in a frame. */
export interface FrameLayer {
  readonly pdu: Pdu;
  readonly bytes: Uint8Array;
  /** The bytes of the layer around it, with these in the place of its own; lengths are made right. */
  readonly rewrap: (inner: Uint8Array) => Uint8Array;
}

type Body = { readonly [field: string]: unknown };

function opened(pdu: Pdu, bytes: Uint8Array, field: string): { value: Body; payload: Uint8Array } | undefined {
  try {
    const value = pdu.decode(bytes) as Body;
    const payload = value[field];
    return payload instanceof Uint8Array ? { value, payload } : undefined;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** The layers of a TPKT frame, outermost first: X.224, MCS, and a share PDU. Empty for what is no such frame. */
export function frameLayers(frame: Uint8Array, from: Side): FrameLayer[] {
  const outer = x224Pdus.match(sourceOf(frame), 0, frame.length);
  if (frame[0] !== 3 || outer === undefined) return [];
  const layers: FrameLayer[] = [{ pdu: outer, bytes: frame, rewrap: (inner) => inner }];
  if (outer !== DataTpdu) return layers;
  const tpdu = opened(DataTpdu, frame, "data");
  if (tpdu === undefined) return layers;
  const mcs = mcsPdus.match(sourceOf(tpdu.payload), 0, tpdu.payload.length);
  if (mcs === undefined) return layers;
  const intoFrame = (data: Uint8Array): Uint8Array => DataTpdu.encode({ ...tpdu.value, data });
  layers.push({ pdu: mcs, bytes: tpdu.payload, rewrap: intoFrame });
  if (mcs !== SendDataRequest && mcs !== SendDataIndication) return layers;
  const send = opened(mcs, tpdu.payload, "userData");
  if (send === undefined) return layers;
  const { payload, value } = send;
  const share = sharePdu(sourceOf(payload), 0, payload.length, from);
  if (share === undefined) return layers;
  const intoMcs = (userData: Uint8Array): Uint8Array => intoFrame(mcs.encode({ ...value, userData }));
  layers.push({ pdu: share, bytes: payload, rewrap: intoMcs });
  return layers;
}
