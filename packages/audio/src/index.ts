export {
  audioInputClient,
  stepAudioInputClient,
  type AudioInputClientInput,
  type AudioInputClientOptions,
  type AudioInputClientOutput,
  type AudioInputClientState,
} from "./audio-input-client.js";
export {
  audioInputRules,
  audioInputVocabulary,
  type AudioInputMessage,
  type AudioInputRule,
  type AudioInputSend,
  type AudioInputViolation,
} from "./audio-input-machine.js";
export { stepAudioInputServer, type AudioInputServerInput } from "./audio-input-server.js";
export {
  audioInputServer,
  type AudioInputServerOptions,
  type AudioInputServerOutput,
  type AudioInputServerState,
  type AudioInputUnavailable,
} from "./audio-input-server-state.js";
export {
  blockWindow,
  confirmBlock,
  nextOverdue,
  reportLatency,
  withBlock,
  withLatencyReset,
  withoutOverdue,
  type BlockWindow,
  type Confirmed,
} from "./block-window.js";
export { audioInput, audioInputChannel } from "./input-messages.js";
export { type LatencyFigures, type LatencyReport } from "./latency.js";
export { audioFormatFields, FormatTag, pcmFormat, pcmSize, type AudioFormat } from "./pdu/audio-format.js";
export {
  AudioInputData,
  AudioInputDataIncoming,
  AudioInputFormatChange,
  AudioInputFormats,
  AudioInputMessageId,
  AudioInputOpen,
  AudioInputOpenReply,
  AudioInputVersion,
  AudioInputVersionNumber,
  inputFormats,
} from "./pdu/audio-input.js";
export { SetPitch, SetVolume, SoundClose, WaveConfirm } from "./pdu/sound-control.js";
export { ClientSoundFlags, ClientSoundFormats, ServerSoundFormats, SoundVersion } from "./pdu/sound-formats.js";
export { SoundMessageType } from "./pdu/sound-header.js";
export { CryptKey, QualityMode, SoundQualityMode, Training, TrainingConfirm } from "./pdu/sound-setup.js";
export { UdpWave, UdpWaveLast, UnsignedWaveEncrypt, WaveEncrypt } from "./pdu/udp-wave.js";
export { Wave2, WaveData, WaveInfo } from "./pdu/wave.js";
export { stepSoundClient, type SoundClientInput } from "./sound-client.js";
export {
  soundClient,
  type PendingBlock,
  type SoundClientOptions,
  type SoundClientOutput,
  type SoundClientState,
} from "./sound-client-state.js";
export {
  readSoundMessage,
  soundRules,
  soundVocabulary,
  type SoundMessage,
  type SoundRule,
  type SoundSend,
  type SoundViolation,
} from "./sound-machine.js";
export { rdpsnd, rdpsndMessageLength, soundChannels } from "./sound-messages.js";
export { stepSoundServer, type SoundServerInput } from "./sound-server.js";
export { type PlayCommand, type SoundServerCommand } from "./sound-server-play.js";
export {
  mayPlay,
  soundServer,
  type SoundClientInfo,
  type SoundServerOptions,
  type SoundServerOutput,
  type SoundServerState,
  type SoundUnavailable,
  type Volume,
} from "./sound-server-state.js";
export { joinWave, maxWaveSize, splitWave, waveDataMessageSize, waveSize, type Wave } from "./wave-halves.js";
