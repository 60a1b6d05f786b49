import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { EndFrame, FrameAcknowledge, StartFrame } from "./frame.js";

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const timestamp = fc.record({
  milliseconds: fc.nat(1023),
  seconds: fc.nat(63),
  minutes: fc.nat(63),
  hours: fc.nat(1023),
});
const start = fc.record({ timestamp, frameId: u32 });

test("the time of day fills 32 bits, without sign", () => {
  fc.assert(
    fc.property(start, (value) => {
      const wire = StartFrame.encode(value);
      const { milliseconds, seconds, minutes, hours } = value.timestamp;
      const packed = milliseconds + seconds * 2 ** 10 + minutes * 2 ** 16 + hours * 2 ** 22;
      expect(sourceOf(wire).view.getUint32(8, true)).toBe(packed);
      expect(StartFrame.decode(wire)).toEqual(value);
    }),
  );
});

test("frames and their acknowledgement can be viewed in place", () => {
  const views = [StartFrame.view(), EndFrame.view(), FrameAcknowledge.view()] as const;
  fc.assert(
    fc.property(start, u32, (value, depth) => {
      const { frameId } = value;
      const wires = [
        StartFrame.encode(value),
        EndFrame.encode({ frameId }),
        FrameAcknowledge.encode({ queueDepth: depth, frameId, totalFramesDecoded: 1 }),
      ] as const;
      const [first, end, ack] = wires;
      const seen = views[0].wrap(sourceOf(first), 0, first.length);
      expect([seen.timestamp, seen.frameId]).toEqual([value.timestamp, frameId]);
      expect(views[1].wrap(sourceOf(end), 0, end.length).frameId).toBe(frameId);
      expect(views[2].wrap(sourceOf(ack), 0, ack.length).queueDepth).toBe(depth);
    }),
  );
});
