import { expect, test } from "vitest";
import { fixture, run } from "../testing/run.js";

const rail = fixture("wslg-rail-basic");

test("a session that can be read to its end says nothing", async () => {
  expect(await run(["-q", rail])).toMatchObject({ code: 0, stdout: "", stderr: "" });
});

test("messages that cannot be read are findings, and counted", async () => {
  // Without its key log all but the beginning of this session is sealed.
  const { code, stdout, stderr } = await run(["-q", fixture("debian-shadow-tls")]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/\d+ of \d+ messages cannot be read/);
});

test("what is not asked for is not looked at", async () => {
  expect(await run(["-q", "--channel", "x224", fixture("debian-shadow-tls")])).toMatchObject({
    stderr: expect.not.stringContaining("messages cannot be read") as string,
  });
});

test("what says how something is shown does not go with it", async () => {
  const { code, stderr } = await run(["-q", "-V", rail]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^rail-dump: option -V does not go with -q\n/);
});
