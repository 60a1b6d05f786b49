import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { WaveData, WaveInfo } from "./pdu/wave.js";
import { rdpsndMessageLength } from "./sound-messages.js";
import { joinWave, maxWaveSize, splitWave, waveDataMessageSize, waveSize } from "./wave-halves.js";

const names = { wTimeStamp: 1, wFormatNo: 2, cBlockNo: 3 };

test("a block goes in two messages over the channel and comes back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 3000 }), (data) => {
      const [info, rest] = splitWave({ ...names, data });
      const first = WaveInfo.encode(info);
      const second = WaveData.encode(rest);
      expect(first.length).toBe(16);
      // The header states the size of both halves; the message still takes 16 bytes.
      expect(rdpsndMessageLength(sourceOf(first), 0, first.length)).toBe(16);
      expect(waveSize(info)).toBe(data.length);
      expect(waveDataMessageSize(info)).toBe(second.length);
      expect(first.length - 4 + second.length).toBe(info.bodySize + 4);
      expect(joinWave(WaveInfo.decode(first), WaveData.decode(second))).toEqual({ ...names, data });
    }),
  );
});

test("a block that the size field cannot state is refused", () => {
  expect(() => splitWave({ ...names, data: new Uint8Array(3) })).toThrow(RangeError);
  expect(() => splitWave({ ...names, data: new Uint8Array(maxWaveSize + 1) })).toThrow(RangeError);
  expect(splitWave({ ...names, data: new Uint8Array(maxWaveSize) })[0].bodySize).toBe(0xffff);
});

test("a length is never more than there is", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const length = rdpsndMessageLength(sourceOf(bytes), 0, bytes.length);
      if (length !== undefined) expect(length >= 1 && length <= bytes.length).toBe(true);
    }),
  );
  expect(rdpsndMessageLength(sourceOf(new Uint8Array([1, 0, 1, 0])), 0, 4)).toBeUndefined();
});
