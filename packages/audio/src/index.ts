export { audioInput } from "./input-messages.js";
export { LatencyMeter, type Confirmed, type LatencyOptions, type LatencyReport } from "./latency.js";
export { audioFormatFields, FormatTag, pcmFormat, type AudioFormat } from "./pdu/audio-format.js";
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
export { rdpsnd, rdpsndMessageLength } from "./sound-messages.js";
export { joinWave, maxWaveSize, splitWave, waveDataMessageSize, waveSize, type Wave } from "./wave-halves.js";
