export { drawn, seeded } from "./choice.js";
export { channelMessage, channelMessages } from "./generators/channel-messages.js";
export {
  channelNames,
  channels,
  membersOf,
  packetPdu,
  type ChannelName,
  type FuzzChannel,
} from "./generators/channels.js";
export { declarations } from "./generators/declarations.js";
export { PlainSections } from "./generators/plain-sections.js";
export { SessionPair } from "./generators/session-pair.js";
export {
  legalSequences,
  messagesIn,
  sessions,
  sessionTraffic,
  type SessionTraffic,
} from "./generators/session-traffic.js";
export { splitFrames } from "./generators/split-frames.js";
export { frameLayers, type FrameLayer } from "./generators/stream-layers.js";
export { messagesOf, valuesOf } from "./generators/values-of.js";
export { HostileClient } from "./hostile/hostile-client.js";
export { HostilePeer, type HostileOutput } from "./hostile/hostile-peer.js";
export { HostileServer } from "./hostile/hostile-server.js";
export { failureOf, type Failure } from "./loop/failure.js";
export { fuzz, inputsOf, type Finding, type FuzzOptions, type FuzzReport } from "./loop/fuzz.js";
export { readRegression, regressionOf, regressionText, type Regression } from "./loop/regression.js";
export { describeFinding } from "./loop/report.js";
export { shrink, type StillFails } from "./loop/shrink.js";
export { mutateBytes, spliceBytes } from "./mutators/mutate-bytes.js";
export { mutateFields } from "./mutators/mutate-fields.js";
export { mutateInput, mutatePacket, type MutateOptions } from "./mutators/mutate-input.js";
export { mutateOrder } from "./mutators/mutate-order.js";
export { BrokenLaw } from "./oracles/broken-law.js";
export { codecLaws, prefixLaw, type Codec } from "./oracles/codec-laws.js";
export { dissectorLaws, type DissectorMade } from "./oracles/dissector-laws.js";
export {
  endpointLaws,
  usualBounds,
  type Endpoint,
  type EndpointBounds,
  type EndpointOutput,
} from "./oracles/endpoint-laws.js";
export { machineLaws, type FuzzMachine } from "./oracles/machine-laws.js";
export { difference } from "./oracles/same-value.js";
export { stateSize } from "./oracles/state-size.js";
export { packetText, streamChannel, type FuzzInput, type Packet, type Side } from "./packet.js";
export { runCli, type CliHost } from "./run-cli.js";
export { codecTarget } from "./targets/codec-target.js";
export { decoderTarget, type Decoder } from "./targets/decoder-target.js";
export { deliveryTarget, type Delivery } from "./targets/delivery-target.js";
export { dissectorTarget } from "./targets/dissector-target.js";
export { clientEndpoint, compositorEndpoint, serverEndpoint, viewerEndpoint } from "./targets/endpoints.js";
export { machineTarget } from "./targets/machine-target.js";
export { streamTarget, type StreamTargetOptions } from "./targets/stream-targets.js";
export { targetNamed, targets } from "./targets/targets.js";
export type { Target } from "./targets/target.js";
