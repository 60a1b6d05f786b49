import fc from "fast-check";
import { expect, test } from "vitest";
import { bytes, ChannelLoop, NotingEnd, other, type Side } from "../../testing/channel-loop.js";

const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("request" as const), name: fc.constantFrom("one", "two", "nobody") }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      side: fc.constantFrom("client" as const, "server" as const),
      end: fc.nat(3),
      size: fc.constantFrom(4, 20, 1590, 1597, 4000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("close" as const),
      side: fc.constantFrom("client" as const, "server" as const),
      end: fc.nat(3),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("deliver" as const),
      side: fc.constantFrom("client" as const, "server" as const),
      count: fc.constantFrom(1, 3, Infinity),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cut" as const) }) },
);

test("ends are opened and closed in turn, hear nothing while closed, and all refusals are told", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 50, size: "max" }), (history) => {
      const loop = new ChannelLoop();
      const ends: Record<Side, NotingEnd[]> = { client: [], server: [] };
      const wanted: Record<Side, Set<number>> = { client: new Set(), server: new Set() };
      let [refused, nobody, number] = [0, 0, 0];
      for (const name of ["one", "two"]) {
        loop.client.listen(name, () => {
          const end = new NotingEnd();
          ends.client.push(end);
          return end;
        });
      }
      loop.open();
      for (const each of history) {
        const end = "end" in each ? ends[each.side][each.end] : undefined;
        if (each.do === "request") {
          const made = new NotingEnd();
          ends.server.push(made);
          loop.server.request(each.name, made, 0, { refused: () => refused++ });
          if (each.name === "nobody") nobody++;
        } else if (each.do === "send" && end !== undefined && end.life.length > 0) {
          const message = bytes(each.size);
          new DataView(message.buffer).setUint32(0, ++number);
          if (end.isOpen) wanted[other(each.side)].add(number);
          end.send(message);
        } else if (each.do === "close" && end !== undefined) loop[each.side].close(end, 0);
        else if (each.do === "deliver") loop.deliver(each.side, each.count);
        else if (each.do === "cut") {
          loop.cut();
          loop.open();
        }
      }
      loop.settle();
      loop.cut();
      for (const side of ["client", "server"] as const) {
        for (const { life, messages } of ends[side]) {
          // A request that is taken back opens nothing, and an end has one channel here.
          expect([[], ["opened", "closed"]]).toContainEqual(life);
          const numbers = messages.map(({ buffer }) => new DataView(buffer).getUint32(0));
          expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
          for (const got of numbers) expect(wanted[side].delete(got)).toBe(true);
        }
      }
      const taken = ends.server.filter(({ life }) => life.length === 0).length;
      expect(refused).toBeLessThanOrEqual(taken);
      expect(
        refused + history.filter((each) => each.do === "close" && each.side === "server").length,
      ).toBeGreaterThanOrEqual(nobody);
      expect(loop.violations).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
