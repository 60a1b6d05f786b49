import { berInteger, byteLength, berLength, block, literal, u8 } from "@railvail/wire";

const integer = literal(u8, 0x02);

/**
 * MCS DomainParameters, [T125] section 7 part 2: a BER SEQUENCE of eight INTEGERs. `maxMcsPduSize`
 * is in bytes, `minThroughput` in octets per second, `maxHeight` counts levels of providers.
 */
export const domainParameters = block({
  sequenceTag: literal(u8, 0x30),
  sequenceLength: byteLength(berLength, { from: "maxChannelIdsTag" }),
  maxChannelIdsTag: integer,
  maxChannelIds: berInteger,
  maxUserIdsTag: integer,
  maxUserIds: berInteger,
  maxTokenIdsTag: integer,
  maxTokenIds: berInteger,
  numPrioritiesTag: integer,
  numPriorities: berInteger,
  minThroughputTag: integer,
  minThroughput: berInteger,
  maxHeightTag: integer,
  maxHeight: berInteger,
  maxMcsPduSizeTag: integer,
  maxMcsPduSize: berInteger,
  protocolVersionTag: integer,
  protocolVersion: berInteger,
});
