import { CacheSlots } from "./pdu/bitmap-cache.js";
import { CapsFlags, CapsVersion, type CapsSet } from "./pdu/capabilities.js";

/** What the confirmed capability set means, [MS-RDPEGFX] 2.2.3. */
export interface EgfxCapability {
  /** A number of `CapsVersion`, or one that is not known. */
  readonly version: number;
  /** Bits of `CapsFlags`. */
  readonly flags: number;
  /** Slots of the bitmap cache, numbered from 1, and how many bytes its bitmaps may have together. */
  readonly cacheSlots: number;
  readonly cacheBytes: number;
  /** Whether H.264 may be sent, alone and as two streams that make up full color. */
  readonly avc420: boolean;
  readonly avc444: boolean;
  /** The progressive codec may be sent; if not, RemoteFX takes its place. */
  readonly progressive: boolean;
  /** The client may report measurements of frames. */
  readonly quality: boolean;
  /** The client may begin the protocol anew. */
  readonly restart: boolean;
  /** No flag speaks against scaled mappings. */
  readonly scaledMaps: boolean;
}

const { thinClient, smallCache, avc420Enabled, avcDisabled, avcThinClient, scaledMapDisable } = CapsFlags;

/** The flags that a version has. */
const flagsOf: Readonly<Record<number, number>> = {
  [CapsVersion.version8]: thinClient | smallCache,
  [CapsVersion.version81]: thinClient | smallCache | avc420Enabled,
  [CapsVersion.version10]: smallCache | avcDisabled,
  [CapsVersion.version101]: 0,
  [CapsVersion.version102]: smallCache | avcDisabled,
  [CapsVersion.version103]: avcDisabled | avcThinClient,
  [CapsVersion.version104]: smallCache | avcDisabled | avcThinClient,
  [CapsVersion.version105]: smallCache | avcDisabled | avcThinClient,
  [CapsVersion.version106]: smallCache | avcDisabled | avcThinClient,
  [CapsVersion.version107]: smallCache | avcDisabled | avcThinClient | scaledMapDisable,
};

/** All versions that have a name, the best last. */
export const knownVersions: readonly number[] = Object.values(CapsVersion).toSorted((a, b) => a - b);

const mebibyte = 2 ** 20;

/** The number of a set's version. */
export const versionOf = ({ capsData }: CapsSet): number =>
  capsData.type === "unknown" ? capsData.tag : CapsVersion[capsData.type];

/** The flags of a set, as they are there. */
const statedFlags = ({ capsData }: CapsSet): number => ("flags" in capsData ? capsData.flags : 0);

/** What a set means, once it is confirmed. */
export function egfxCapability(set: CapsSet): EgfxCapability {
  const version = versionOf(set);
  const flags = statedFlags(set) & (flagsOf[version] ?? 0);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const small = has(thinClient) || has(smallCache) || version === CapsVersion.version103;
  const full = version >= CapsVersion.version10 && !has(avcDisabled);
  return {
    version,
    flags,
    cacheSlots: small ? CacheSlots.largestSmallCache : CacheSlots.largest,
    cacheBytes: (small ? 16 : 100) * mebibyte,
    avc420: full || has(avc420Enabled),
    avc444: full,
    progressive: !has(thinClient),
    quality: version >= CapsVersion.version10 && version !== CapsVersion.version101,
    restart: version >= CapsVersion.version103,
    scaledMaps: !has(scaledMapDisable),
  };
}

/**
 * The set to confirm: the highest of `versions` that was offered, with the flags that the version has. Without
 * `avc` the answer says that no H.264 will come. Undefined if no version is known.
 */
export function chosenSet(offered: readonly CapsSet[], versions: readonly number[], avc: boolean): CapsSet | undefined {
  let chosen: CapsSet | undefined;
  for (const set of offered) {
    const version = versionOf(set);
    const isBetter = chosen === undefined || version > versionOf(chosen);
    if (isBetter && flagsOf[version] !== undefined && versions.includes(version)) chosen = set;
  }
  return chosen === undefined ? undefined : confirmable(chosen, avc);
}

function confirmable(set: CapsSet, avc: boolean): CapsSet {
  const { capsData } = set;
  if (!("flags" in capsData)) return set;
  const known = flagsOf[versionOf(set)] ?? 0;
  let flags = capsData.flags & known;
  if (!avc) flags = (flags & ~avc420Enabled) | (avcDisabled & known);
  // A client without H.264 cannot prefer it.
  if ((flags & avcDisabled) !== 0) flags &= ~avcThinClient;
  return { capsData: { ...capsData, flags } };
}

/** All sets for a client that has no H.264, the best first: WSLg's server confirms the first. */
export const capsWithoutAvc: readonly CapsSet[] = (
  [
    "version107",
    "version106",
    "version105",
    "version104",
    "version103",
    "version102",
    "version10",
    "version81",
    "version8",
  ] as const
).map((type) => ({ capsData: { type, flags: avcDisabled & (flagsOf[CapsVersion[type]] ?? 0) } }));
