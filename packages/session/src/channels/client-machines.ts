import { applistClient, stepApplistClient, type ApplistClientOptions } from "@railvail/applist";
import {
  audioInputClient,
  readSoundMessage,
  soundClient,
  stepAudioInputClient,
  stepSoundClient,
  type AudioInputClientOptions,
  type SoundClientOptions,
} from "@railvail/audio";
import { cliprdrClient, stepCliprdrClient, type CliprdrOptions } from "@railvail/cliprdr";
import { displayClient, stepDisplayClient } from "@railvail/display";
import { egfxClient, stepEgfxClient, type EgfxClientOptions } from "@railvail/egfx";
import { gfxredirClient, stepGfxredirClient, type GfxredirClientOptions } from "@railvail/gfxredir";
import { railClient, stepRailClient, type RailClientOptions } from "@railvail/rail";
import { channelCodecs } from "./channel-codecs.js";
import { machine } from "./machine-end.js";

const codecs = channelCodecs("server");
const opened = () => ({ type: "opened" }) as const;
const closed = () => ({ type: "closed" }) as const;
const tick = (now: number) => ({ type: "tick", now }) as const;

/** `railSupportLevel`: the bits that both sides set in their capability sets, when the channel opens. */
export const railMachine = (options: Partial<RailClientOptions>, railSupportLevel: () => number) =>
  machine(railClient(options), stepRailClient, {
    ...codecs.rail,
    opened: (now) => ({ type: "opened", railSupportLevel: railSupportLevel(), now }),
    closed,
    tick,
  });

export const cliprdrMachine = (options: Partial<CliprdrOptions>) =>
  machine(cliprdrClient(options), stepCliprdrClient, { ...codecs.cliprdr, opened, closed, tick });

export const soundMachine = (options: Partial<SoundClientOptions>) =>
  machine(soundClient(options), stepSoundClient, {
    ...codecs.sound,
    opened,
    *received(source, { firstHalf }, now) {
      const message = readSoundMessage(source, 0, source.bytes.length, firstHalf);
      if (message !== undefined) yield { type: "received", message, now };
    },
    closed,
  });

export const audioInputMachine = (options: Partial<AudioInputClientOptions>) =>
  machine(audioInputClient(options), stepAudioInputClient, { ...codecs.audioInput, opened, closed });

export const displayMachine = () => machine(displayClient(), stepDisplayClient, { ...codecs.display, opened, closed });

export const applistMachine = (options: Partial<ApplistClientOptions>) =>
  machine(applistClient(options), stepApplistClient, { ...codecs.applist, opened, closed });

export const gfxredirMachine = (options: Partial<GfxredirClientOptions>) =>
  machine(gfxredirClient(options), stepGfxredirClient, { ...codecs.gfxredir, opened, closed });

/** Its channel has segments around the messages, see `segmentedEnd`. */
export const egfxMachine = (options: Partial<EgfxClientOptions>) =>
  machine(egfxClient(options), stepEgfxClient, { ...codecs.egfx, opened, closed });
