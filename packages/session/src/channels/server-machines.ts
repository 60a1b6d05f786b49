import { applistServer, stepApplistServer } from "@railvail/applist";
import {
  audioInputServer,
  soundServer,
  stepAudioInputServer,
  stepSoundServer,
  type AudioInputServerOptions,
  type SoundServerOptions,
} from "@railvail/audio";
import { cliprdrServer, stepCliprdrServer, type CliprdrOptions } from "@railvail/cliprdr";
import { displayServer, stepDisplayServer, type DisplayCaps } from "@railvail/display";
import { egfxParts, egfxServer, stepEgfxServer, type EgfxServerOptions } from "@railvail/egfx";
import { gfxredirServer, stepGfxredirServer, type GfxredirServerOptions } from "@railvail/gfxredir";
import { railServer, stepRailServer, type RailServerOptions } from "@railvail/rail";
import { Arena } from "@railvail/wire";
import { channelCodecs } from "./channel-codecs.js";
import { machine } from "./machine-end.js";

const codecs = channelCodecs("client");
const opened = () => ({ type: "opened" }) as const;
const openedAt = (now: number) => ({ type: "opened", now }) as const;
const closed = () => ({ type: "closed" }) as const;
const tick = (now: number) => ({ type: "tick", now }) as const;

/** `railSupportLevel`: the bits that both sides set in their capability sets, when the channel opens. */
export const railMachine = (options: Partial<RailServerOptions>, railSupportLevel: () => number) =>
  machine(railServer(options), stepRailServer, {
    ...codecs.rail,
    opened: (now) => ({ ...openedAt(now), railSupportLevel: railSupportLevel() }),
    closed,
    tick,
  });

export const cliprdrMachine = (options: Partial<CliprdrOptions>) =>
  machine(cliprdrServer(options), stepCliprdrServer, { ...codecs.cliprdr, opened, closed, tick });

export const soundMachine = (options: Partial<SoundServerOptions>) =>
  machine(soundServer(options), stepSoundServer, { ...codecs.sound, opened: openedAt, closed, tick });

export const audioInputMachine = (options: Partial<AudioInputServerOptions>) =>
  machine(audioInputServer(options), stepAudioInputServer, { ...codecs.audioInput, opened: openedAt, closed, tick });

export const displayMachine = (caps?: DisplayCaps) =>
  machine(displayServer(caps), stepDisplayServer, { ...codecs.display, opened, closed });

export const applistMachine = (options: Parameters<typeof applistServer>[0]) =>
  machine(applistServer(options), stepApplistServer, { ...codecs.applist, opened, closed });

export const gfxredirMachine = (options: Partial<GfxredirServerOptions>) =>
  machine(gfxredirServer(options), stepGfxredirServer, { ...codecs.gfxredir, opened: openedAt, closed, tick });

/** Bytes of memory for the headers of some commands. */
const headers = 4096;

export const egfxMachine = (options: Partial<EgfxServerOptions>) =>
  machine(egfxServer(options), stepEgfxServer, {
    ...codecs.egfx,
    opened: openedAt,
    closed,
    tick,
    encode: (send) => egfxParts(send, new Arena(headers)),
  });
