import { styleText } from "node:util";

type Paint = (text: string) => string;

/** What is coloured. Without colour each paint returns its text. */
export interface Palette {
  readonly dim: Paint;
  readonly name: Paint;
  readonly client: Paint;
  readonly server: Paint;
  readonly channel: Paint;
  readonly good: Paint;
  readonly bad: Paint;
}

type Style = Parameters<typeof styleText>[0];

/** The codes are asked for once; a call of `styleText` for each field would cost more than the rest. */
function paint(style: Style): Paint {
  const mark = "x";
  const [before = "", after = ""] = styleText(style, mark, { validateStream: false }).split(mark);
  return (text) => before + text + after;
}

const plain: Paint = (text) => text;

export const colourless: Palette = {
  dim: plain,
  name: plain,
  client: plain,
  server: plain,
  channel: plain,
  good: plain,
  bad: plain,
};

export const coloured = (): Palette => ({
  dim: paint("gray"),
  name: paint("bold"),
  client: paint("cyan"),
  server: paint("magenta"),
  channel: paint("blue"),
  good: paint("green"),
  bad: paint("red"),
});
