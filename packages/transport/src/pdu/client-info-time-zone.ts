import { fixed, i32, struct, u16, utf16 } from "@railvail/wire";

/** TS_SYSTEMTIME, [MS-RDPBCGR] 2.2.1.11.1.1.1.1.1: when in a year the change takes place. */
const systemTime = struct({
  year: u16,
  month: u16,
  dayOfWeek: u16,
  day: u16,
  hour: u16,
  minute: u16,
  second: u16,
  milliseconds: u16,
});

/**
 * TS_TIME_ZONE_INFORMATION, [MS-RDPBCGR] 2.2.1.11.1.1.1.1: biases are in minutes, UTC = local
 * time + `bias`. In a date `day` counts occurrences of `dayOfWeek` in `month`, 5 is the last.
 */
export const timeZoneInformation = struct({
  bias: i32,
  standardName: utf16(fixed(64), { nul: "padded" }),
  standardDate: systemTime,
  standardBias: i32,
  daylightName: utf16(fixed(64), { nul: "padded" }),
  daylightDate: systemTime,
  daylightBias: i32,
});
