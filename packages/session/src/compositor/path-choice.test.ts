import { describe, expect, test } from "vitest";
import { PathChoice } from "./path-choice.js";

const waitUntil = 100;

describe("the way for pixels", () => {
  test("is waited for, until a better one cannot come", () => {
    const choice = new PathChoice(["vail", "egfx", "composed"], waitUntil);
    choice.note("egfx", "there");
    expect(choice.best).toBeUndefined();
    expect(choice.wakeAt).toBe(waitUntil);
    choice.note("vail", "gone");
    expect(choice.best).toBe("egfx");
    expect(choice.wakeAt).toBeUndefined();
  });

  test("is the next one when a client is silent for too long", () => {
    const choice = new PathChoice(["vail", "egfx"], waitUntil);
    choice.tick(waitUntil - 1);
    expect(choice.best).toBeUndefined();
    choice.tick(waitUntil);
    expect(choice.best).toBe("composed");
    expect(choice.wakeAt).toBeUndefined();
  });

  test("does not come back once it is gone", () => {
    const choice = new PathChoice(["vail", "composed"], waitUntil);
    choice.note("vail", "there");
    expect(choice.best).toBe("vail");
    choice.note("vail", "gone");
    choice.note("vail", "there");
    expect(choice.best).toBe("composed");
    expect(choice.hopes("vail")).toBe(false);
  });

  test("may be none at all", () => {
    const choice = new PathChoice([], waitUntil);
    choice.note("composed", "gone");
    expect(choice.best).toBeUndefined();
  });

  test("of which nothing was wanted is not noted", () => {
    const choice = new PathChoice(["composed"], waitUntil);
    choice.note("vail", "there");
    expect(choice.best).toBe("composed");
  });
});
