import { ClientCaps, iconPixels, ServerCaps, UpdateAppList } from "@railvail/applist";
import type { Message } from "@railvail/dissect";
import { describe, expect, test } from "vitest";
import { fixtureText, walkChannel } from "./recordings.js";

/** A text as the log has it: its bytes on the wire, and the text with its NUL. */
const logged = (field: string, text: string | undefined): string =>
  text === undefined ? "" : ` ${field}(${2 * (text.length + 1)})="${text}\\u0000"`;

function lineOf({ pdu, value, direction, offset, end }: Message): string {
  const start = direction === "c2s" ? "C->S" : "S->C";
  if (pdu === ServerCaps) {
    const caps = value as ServerCaps;
    const texts =
      logged("providerName", caps.appListProviderName) + logged("providerUniqueId", caps.appListProviderUniqueId);
    return `${start} CAPS len=${end - offset} version=${caps.version}${texts}`;
  }
  if (pdu === ClientCaps) {
    const { version, clientLanguageId } = value as ClientCaps;
    return `${start} CAPS version=${version} lang=${clientLanguageId}`;
  }
  if (pdu !== UpdateAppList) return `${start} something else`;
  const { flags, appId, appExecPath, appDesc, appIcon: icon } = value as UpdateAppList;
  // The bits of fields that are there are not in the value; they are counted in again.
  const present = new DataView(UpdateAppList.encode(value as UpdateAppList).buffer).getUint32(8, true);
  expect(present & flags).toBe(flags);
  const texts = logged("appId", appId) + logged("appExecPath", appExecPath) + logged("appDesc", appDesc);
  const shape = icon === undefined ? "" : `${icon.width}x${icon.height} stride=${icon.stride}`;
  return (
    `${start} UPDATE_APPLIST len=${end - offset} flags=0x${present.toString(16).padStart(8, "0")}` +
    `${texts} icon{flags=0x${icon?.flags.toString(16)} ${shape} bpp=${icon?.bpp} ` +
    `format=${icon?.format} bytes=${icon?.bits.length}}`
  );
}

describe.each(["wslg-rail-basic", "wslg-vail-gfxredir"])("%s", (name) => {
  test("the application list is the one that the client logged", async () => {
    // Lines of the plugin's own life and of how it parsed are not messages.
    const expected = fixtureText(name, "client-rdpapplist.log")
      .split("\n")
      .filter((line) => /^[CS]->/.test(line));
    const decoded: string[] = [];
    await walkChannel(name, "rdpapplist", (message) => decoded.push(lineOf(message)));
    expect(decoded).toEqual(expected);
    expect(expected).toHaveLength(5);
  });

  test("the icons are pictures: they have clear and opaque pixels", async () => {
    const sizes: string[] = [];
    const alphas: boolean[] = [];
    await walkChannel(name, "rdpapplist", ({ pdu, value }) => {
      const icon = pdu === UpdateAppList ? (value as UpdateAppList).appIcon : undefined;
      const pixels = icon === undefined ? undefined : iconPixels(icon);
      if (icon === undefined || pixels === undefined) return;
      sizes.push(`${pixels.width}x${pixels.height}`);
      const alpha = pixels.rgba.filter((_, at) => at % 4 === 3);
      alphas.push(alpha.includes(0) && alpha.includes(255));
    });
    expect(sizes).toEqual(["48x48", "96x96", "48x48"]);
    expect(alphas).toEqual([true, true, true]);
  });
});
