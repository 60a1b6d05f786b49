import {
  ansiTextToString,
  bmpToDib,
  buildCfHtml,
  dibToBmp,
  parseCfHtml,
  stringToUnicodeText,
  unicodeTextToString,
} from "@railvail/cliprdr";
import {
  clientMonitor,
  desktopBox,
  layoutViolations,
  MonitorLayout,
  placeOutputs,
  placeOutputsLikeWslg,
  toLogical,
} from "@railvail/display";
import { iconToRgba, readWindowingOrder, WindowIcon } from "@railvail/rail";
import { DecodeError, generate, sourceOf, type Choice } from "@railvail/wire";
import type { Decoder } from "./decoder-target.js";

const isDecodeError = (error: unknown): boolean => error instanceof DecodeError;
const someBytes = (choice: Choice, most: number): Uint8Array =>
  Uint8Array.from({ length: choice.int(0, most) }, () => choice.int(0, 255));

/** A BITMAPINFOHEADER, sometimes of a later version, colors and pixels behind it. */
function someDib(choice: Choice): Uint8Array {
  const headers = [12, 40, 52, 56, 64, 108, 124];
  const size = headers[choice.int(0, headers.length - 1)] ?? 40;
  const dib = new Uint8Array(size + choice.int(0, 80));
  const view = new DataView(dib.buffer);
  view.setUint32(0, size, true);
  if (size === 12) {
    view.setUint16(4, choice.int(0, 9), true);
    view.setUint16(6, choice.int(0, 9), true);
    view.setUint16(10, [1, 4, 8, 24][choice.int(0, 3)] ?? 24, true);
    return dib;
  }
  view.setInt32(4, choice.int(-9, 9), true);
  view.setInt32(8, choice.int(-9, 9), true);
  view.setUint16(14, [0, 1, 4, 8, 16, 24, 32][choice.int(0, 6)] ?? 24, true);
  view.setUint32(16, choice.int(0, 6), true);
  view.setUint32(20, choice.int(0, 200), true);
  view.setUint32(32, choice.int(0, 300), true);
  return dib;
}

const html = "<html><body><b>Fenster – окно</b><!--StartFragment-->x<!--EndFragment--></body></html>";

/** Formats of the clipboard, layouts of monitors, icons. */
export const formatDecoders: Readonly<Record<string, Decoder>> = {
  dib: {
    sample: someDib,
    read(dib) {
      const bmp = dibToBmp(dib);
      dibToBmp(dib, { compat: "wslg" });
      if (typeof bmp === "string") return 0;
      bmpToDib(bmp);
      return bmp.length;
    },
  },
  bmp: {
    sample(choice) {
      const bmp = dibToBmp(someDib(choice));
      return typeof bmp === "string" ? someBytes(choice, 60) : bmp;
    },
    read(bmp) {
      const dib = bmpToDib(bmp);
      bmpToDib(bmp, { compat: "wslg" });
      return typeof dib === "string" ? 0 : dib.length;
    },
  },
  html: {
    sample: (choice) => buildCfHtml(html.slice(choice.int(0, 20), choice.int(40, html.length))),
    read(data) {
      const { html: text } = parseCfHtml(data);
      parseCfHtml(data, { compat: "wslg" });
      return text.length;
    },
  },
  text: {
    sample: (choice) => stringToUnicodeText("a\r\nb\ud800\n".slice(0, choice.int(0, 7))),
    read: (data) => unicodeTextToString(data, { lineEnds: "lf" }).length + ansiTextToString(data).length,
  },
  layout: {
    sample: (choice) => MonitorLayout.encode(generate(MonitorLayout, choice)),
    isRefusal: isDecodeError,
    read(bytes) {
      const { monitors } = MonitorLayout.decode(bytes);
      layoutViolations(monitors, { maxNumMonitors: 16, maxMonitorAreaFactorA: 8192, maxMonitorAreaFactorB: 8192 });
      const clients = monitors.map(clientMonitor);
      desktopBox(clients);
      const outputs = placeOutputs(clients);
      for (const { x, y } of clients) toLogical(outputs, { x, y });
      placeOutputsLikeWslg(clients);
    },
  },
  icon: {
    sample: (choice) => WindowIcon.encode(generate(WindowIcon, choice)),
    isRefusal: isDecodeError,
    read(bytes) {
      const order = readWindowingOrder(sourceOf(bytes), 0, bytes.length);
      const icon = order?.kind === "icon" ? order.order.iconInfo : undefined;
      return icon === undefined ? 0 : iconToRgba(icon).rgba.length;
    },
  },
};
