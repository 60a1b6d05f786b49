export {
  DynamicChannelAssembler,
  fragmentDynamicMessage,
  type DynamicChannelProblem,
  type DynamicChannelResult,
} from "./dynamic-channel.js";
export {
  CreationStatus,
  drdynvcRules,
  drdynvcVocabulary,
  type DrdynvcClosed,
  type DrdynvcMessage,
  type DrdynvcPart,
  type DrdynvcReady,
  type DrdynvcRule,
  type DrdynvcSend,
  type DrdynvcViolation,
  type DrdynvcWrite,
  type PriorityCharges,
} from "./drdynvc-machine.js";
export {
  drdynvcServer,
  type CreateCommand,
  type DrdynvcServerInput,
  type DrdynvcServerOptions,
  type DrdynvcServerOutput,
  type DrdynvcServerState,
  type ServerDynamicChannel,
} from "./drdynvc-server-state.js";
export { stepDrdynvcServer } from "./drdynvc-server.js";
export {
  drdynvcClient,
  stepDrdynvcClient,
  type DrdynvcClientInput,
  type DrdynvcClientOptions,
  type DrdynvcClientOutput,
  type DrdynvcClientState,
} from "./drdynvc-client.js";
export type { DynamicChannel, DynamicChannels } from "./drdynvc-traffic.js";
export {
  fragmentCompressed,
  fragmentPlain,
  type DrdynvcFragment,
  type DrdynvcFragmentOptions,
} from "./drdynvc-fragments.js";
export {
  drainQueue,
  dropQueued,
  emptyQueue,
  queueMessage,
  type QueuedMessage,
  type SendQueue,
} from "./drdynvc-queue.js";
export { DrdynvcSender, type DrdynvcSenderOptions } from "./drdynvc-sender.js";
export {
  DrdynvcReceiver,
  type DrdynvcDataProblem,
  type DrdynvcReceived,
  type DrdynvcReceiverOptions,
} from "./drdynvc-receiver.js";
export type { MessageMemory } from "./message-memory.js";
export {
  maximumSegmentSize,
  segmentMessage,
  unsegment,
  unsegmentBytes,
  type SegmentDecoder,
  type SegmentedDataProblem,
  type UnsegmentOptions,
  type Unsegmented,
} from "./segmented-data.js";
export {
  chunkStaticMessage,
  StaticChannelAssembler,
  type StaticChannelChunk,
  type StaticChannelMessage,
  type StaticChannelProblem,
  type StaticChannelResult,
  type StaticChunkOptions,
} from "./static-channel.js";
export {
  BandwidthPayload,
  BandwidthStart,
  BandwidthStartType,
  BandwidthStop,
  BandwidthStopConnectTime,
  BandwidthStopType,
  NetworkCharacteristicsResult,
  RttRequest,
  RttRequestType,
} from "./pdu/auto-detect-request.js";
export {
  BandwidthResults,
  BandwidthResultsType,
  NetworkCharacteristicsSync,
  RttResponse,
} from "./pdu/auto-detect-response.js";
export { ChannelFlags, ChannelPdu, channelPduHeaderSize, defaultChannelChunkSize } from "./pdu/channel-pdu.js";
export { ClientClusterData, RedirectionVersion } from "./pdu/client-cluster-data.js";
export {
  ClientCoreData,
  ClientEarlyCapabilityFlags,
  ColorDepth,
  ConnectionType,
  SupportedColorDepths,
} from "./pdu/client-core-data.js";
export { AutoReconnectClient, AutoReconnectServer } from "./pdu/client-info-auto-reconnect.js";
export { AddressFamily, ClientInfo, InfoCompression, InfoFlags, PerformanceFlags } from "./pdu/client-info.js";
export { ClientMonitorData, ClientMonitorExtendedData, MonitorFlags } from "./pdu/client-monitor-data.js";
export { ChannelOption, ClientNetworkData } from "./pdu/client-network-data.js";
export { ClientSecurityData, EncryptionMethod } from "./pdu/client-security-data.js";
export {
  ClientMessageChannelData,
  ClientMultitransportData,
  MultitransportFlags,
} from "./pdu/client-transport-data.js";
export { AuthorizationResult, EarlyUserAuthorizationResult, TsRequest } from "./pdu/credssp.js";
export { CapabilitiesRequest, CapabilitiesResponse } from "./pdu/drdynvc-capabilities.js";
export { Close } from "./pdu/drdynvc-close.js";
export { CreateRequest, CreateResponse } from "./pdu/drdynvc-create.js";
export { Data, DataCompressed, DataFirst, DataFirstCompressed } from "./pdu/drdynvc-data.js";
export { dynamicChannelPdus } from "./pdu/drdynvc-family.js";
export { DynamicCommand } from "./pdu/drdynvc-header.js";
export { SoftSyncFlags, SoftSyncRequest, SoftSyncResponse, TunnelType } from "./pdu/drdynvc-soft-sync.js";
export {
  ConferenceCreateRequest,
  ConferenceCreateResponse,
  ConferenceCreateResult,
} from "./pdu/gcc-conference-create.js";
export { UserDataType } from "./pdu/gcc-user-data-block.js";
export { Heartbeat } from "./pdu/heartbeat.js";
export { PlatformChallenge, PlatformChallengeResponse } from "./pdu/license-challenge.js";
export { LicenseInformation, NewLicenseRequest } from "./pdu/license-client.js";
export {
  ClientHardwareId,
  LicenseClientType,
  LicenseDetailLevel,
  NewLicenseInfo,
  PlatformChallengeResponseData,
} from "./pdu/license-contents.js";
export { LicenseErrorCode, LicenseErrorMessage, LicenseStateTransition } from "./pdu/license-error.js";
export { licenseMessages } from "./pdu/license-family.js";
export { NewLicense, UpgradeLicense } from "./pdu/license-grant.js";
export { KeyExchangeAlgorithm, LicenseBlobType, LicenseMessageType, LicenseVersion } from "./pdu/license-preamble.js";
export { LicenseRequest, ProductInfo } from "./pdu/license-request.js";
export { AttachUserConfirm, AttachUserRequest } from "./pdu/mcs-attach-user.js";
export { ChannelJoinConfirm, ChannelJoinRequest } from "./pdu/mcs-channel-join.js";
export { ConnectInitial } from "./pdu/mcs-connect-initial.js";
export { ConnectResponse, McsResult } from "./pdu/mcs-connect-response.js";
export { DisconnectProviderUltimatum, McsReason } from "./pdu/mcs-disconnect-provider.js";
export { DomainMcsPdu } from "./pdu/mcs-domain-pdu.js";
export { ErectDomainRequest } from "./pdu/mcs-erect-domain.js";
export { mcsPdus } from "./pdu/mcs-match.js";
export { DataPriority, SendDataIndication, SendDataRequest } from "./pdu/mcs-send-data.js";
export { messageChannelPdus } from "./pdu/message-channel.js";
export { MultitransportProtocol, MultitransportRequest, MultitransportResponse } from "./pdu/multitransport.js";
export { CertificateBlobType, RsaPublicKey, ServerCertificate } from "./pdu/security-certificate.js";
export { SecurityExchange } from "./pdu/security-exchange.js";
export { FipsSecurityHeader, NonFipsSecurityHeader, SecurityFlags, SecurityHeader } from "./pdu/security-header.js";
export {
  MultipartSegments,
  SegmentCompression,
  segmentedData,
  SegmentFlags,
  SingleSegment,
} from "./pdu/segmented-data.js";
export { ServerCoreData, ServerEarlyCapabilityFlags } from "./pdu/server-core-data.js";
export { ServerNetworkData } from "./pdu/server-network-data.js";
export { EncryptionLevel, ServerSecurityData } from "./pdu/server-security-data.js";
export { ServerMessageChannelData, ServerMultitransportData } from "./pdu/server-transport-data.js";
export { tpktHeaderSize, tpktLength } from "./pdu/tpkt.js";
export { ConnectionConfirm } from "./pdu/x224-connection-confirm.js";
export { ConnectionRequest, cookieToken, cookieUser } from "./pdu/x224-connection-request.js";
export { DataTpdu, dataTpduHeaderSize } from "./pdu/x224-data.js";
export { DisconnectRequest, TpduDisconnectReason } from "./pdu/x224-disconnect-request.js";
export { x224Pdus } from "./pdu/x224-match.js";
export {
  NegotiationFailureCode,
  NegotiationRequestFlags,
  NegotiationResponseFlags,
  SecurityProtocol,
} from "./pdu/x224-negotiation.js";
export { TpduCode } from "./pdu/x224-tpdu.js";
export { ErrorInfo } from "./pdu/error-info.js";
export { ConfirmActive, DeactivateAll, DemandActive } from "./pdu/activation.js";
export {
  AltsecOrderType,
  CompDeskOperation,
  CompDeskOrder,
  CreateNineGridBitmapOrder,
  CreateOffscreenBitmapOrder,
  FrameMarkerOrder,
  NineGridFlags,
  StreamBitmapFirstOrder,
  StreamBitmapFlags,
  StreamBitmapNextOrder,
  SwitchSurfaceOrder,
} from "./pdu/altsec-orders.js";
export { BitmapFlags, BitmapUpdate, PaletteUpdate, UpdateType } from "./pdu/bitmap-update.js";
export { DrawingFlags } from "./pdu/capability-bitmap.js";
export { CodecGuid } from "./pdu/capability-codecs.js";
export { OrderFlags, OrderSupportExFlags, OrderSupportIndex } from "./pdu/capability-drawing.js";
export { GeneralExtraFlags, OsMajorType, VirtualChannelCompression } from "./pdu/capability-general.js";
export { InputFlags, LargePointerSupportFlags } from "./pdu/capability-input.js";
export { CapabilitySetType, ClientCapabilitySet, ServerCapabilitySet } from "./pdu/capability-sets.js";
export { SurfaceCommandFlags } from "./pdu/capability-surface.js";
export { RailSupportLevel, WindowSupportLevel } from "./pdu/capability-windows.js";
export {
  EncryptedFastPathInput,
  fastPathEvents,
  FastPathInput,
  fastPathInput,
  FastPathInputCode,
  FastPathInputEvent,
  FastPathKeyFlags,
  FastPathSyncFlags,
  FipsFastPathInput,
} from "./pdu/fast-path-input.js";
export {
  EncryptedFastPathOutput,
  FastPathOutput,
  FastPathUpdate,
  FastPathUpdateCode,
  FipsFastPathOutput,
  Fragmentation,
} from "./pdu/fast-path-output.js";
export {
  Control,
  ControlAction,
  FontFlags,
  FontList,
  FontMap,
  FrameAcknowledge,
  MonitorLayout,
  PersistentKeyList,
  RefreshRect,
  SuppressOutput,
  Synchronize,
} from "./pdu/finalization.js";
export {
  GdiPlusCacheEndOrder,
  GdiPlusCacheFirstOrder,
  GdiPlusCacheNextOrder,
  GdiPlusCacheType,
  GdiPlusEndOrder,
  GdiPlusFirstOrder,
  GdiPlusNextOrder,
} from "./pdu/gdi-plus-orders.js";
export {
  ExtendedPointerFlags,
  Input,
  InputMessageType,
  KeyboardFlags,
  PointerFlags,
  RelativePointerFlags,
  wheelRotationMask,
} from "./pdu/input.js";
export {
  CachedPointer,
  ColorPointer,
  LargePointer,
  NewPointer,
  PointerMessageType,
  PointerPosition,
  PointerUpdate,
  SystemPointerType,
} from "./pdu/pointer-update.js";
export { SaveSessionInfo } from "./pdu/save-session-info.js";
export { PrimaryOrder, PrimaryOrderFlags, PrimaryOrderType } from "./pdu/primary-order.js";
export { SecondaryOrder, SecondaryOrderType } from "./pdu/secondary-order.js";
export { EnhancedServerRedirection, RedirectionFlags, ServerRedirectionPacket } from "./pdu/server-redirection.js";
export {
  AutoReconnectStatus,
  BitmapCacheError,
  DrawGdiPlusError,
  DrawNineGridError,
  ImeConversionMode,
  KeyboardLeds,
  OffscreenCacheError,
  PlaySound,
  SessionStatus,
  SetErrorInfo,
  SetKeyboardImeStatus,
  SetKeyboardIndicators,
  ShutdownDenied,
  ShutdownRequest,
  StatusInfo,
} from "./pdu/session-status.js";
export {
  CompressedType,
  FlowPdu,
  PduType,
  PduType2,
  ShareControl,
  shareControlHeader,
  shareControlHeaderSize,
  ShareData,
  shareDataHeader,
  shareDataHeaderSize,
  StreamId,
} from "./pdu/share-header.js";
export { FrameAction, SurfaceCommands, SurfaceCommandType } from "./pdu/surface-commands.js";
export { OrdersUpdate, Update } from "./pdu/update.js";
export {
  fastPathInputPdus,
  fastPathLength,
  fastPathOutputPdus,
  fastPathPrefixSize,
  fastPathUpdateBody,
  isFastPath,
} from "./fast-path.js";
export {
  FastPathFragments,
  type FragmentProblem,
  type FragmentResult,
  type UpdateFragment,
} from "./fast-path-fragments.js";
export { type OrderSpan, OrderStream, type UnparsedReason } from "./order-stream.js";
export { type PrimaryOrderValues } from "./primary-order-changes.js";
export {
  type PrimaryField,
  type PrimaryFieldKind,
  type PrimaryOrderLayout,
  primaryOrderLayouts,
} from "./primary-order-fields.js";
export {
  type ClipRectangle,
  type PrimaryBounds,
  type PrimaryFieldValue,
  type PrimaryOrderParts,
} from "./primary-order-parts.js";
export { encodePrimaryOrder, primaryOrderSpans } from "./primary-order-write.js";
export { type DecodedPrimaryOrder, PrimaryOrders } from "./primary-orders.js";
export { shareControlPdus, shareDataPdus, sharePdu, sharePduLength } from "./share.js";
export { bitmapData, type BitmapDataOptions } from "./bitmap/bitmap-data.js";
export { BitmapError, type BitmapCodec, type BitmapIssue } from "./bitmap/bitmap-error.js";
export { bitmapPixels, type BitmapData, type BitmapPixels, type BitmapPixelsOptions } from "./bitmap/bitmap-pixels.js";
export { compressInterleaved } from "./bitmap/interleaved-compressor.js";
export { decompressInterleaved } from "./bitmap/interleaved-decompressor.js";
export { paletteOf, type Palette } from "./bitmap/palette.js";
export { bgraToValues, valuesToBgra, type BgraPixels, type VisiblePart } from "./bitmap/pixel-colors.js";
export { compressPlanar, type PlanarCompressorOptions } from "./bitmap/planar-compressor.js";
export { decompressPlanar, type PlanarOptions } from "./bitmap/planar-decompressor.js";
export { BulkCompressor, type BulkType } from "./compression/bulk-compressor.js";
export { BulkDecompressor } from "./compression/bulk-decompressor.js";
export { CompressionError, type CompressionCodec, type CompressionIssue } from "./compression/compression-error.js";
export { PacketFlags, PacketType, type CompressedPacket } from "./compression/compression-flags.js";
export { MppcCompressor } from "./compression/mppc-compressor.js";
export { MppcDecompressor } from "./compression/mppc-decompressor.js";
export type { MppcLevel } from "./compression/mppc-format.js";
export { NcrushCompressor } from "./compression/ncrush-compressor.js";
export { NcrushDecompressor } from "./compression/ncrush-decompressor.js";
export { XcrushCompressor } from "./compression/xcrush-compressor.js";
export { XcrushDecompressor } from "./compression/xcrush-decompressor.js";
export { ZgfxCompressor, type ZgfxCompressorOptions } from "./compression/zgfx-compressor.js";
export { ZgfxDecompressor } from "./compression/zgfx-decompressor.js";
export type { ZgfxVariant } from "./compression/zgfx-format.js";
export { compressMessage, zgfxSegmentDecoder } from "./compression/zgfx-segments.js";
export { Level1Flags } from "./compression/xcrush-format.js";
