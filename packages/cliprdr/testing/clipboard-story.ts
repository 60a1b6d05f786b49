import {
  cliprdrClient,
  cliprdrServer,
  stepCliprdrClient,
  stepCliprdrServer,
  type ClipboardFormat,
  type CliprdrInput,
  type CliprdrMessage,
  type CliprdrOptions,
  type CliprdrOutput,
  type CliprdrState,
} from "../src/index.js";
import type { Side } from "./clipboard-app.js";

type ValueOf<Name extends CliprdrMessage["message"]> = Extract<CliprdrMessage, { message: Name }>["value"];

/** A message that arrives. */
export const received = <Name extends CliprdrMessage["message"]>(
  message: Name,
  value: Omit<ValueOf<Name>, "msgFlags"> & { msgFlags?: number },
  now = 0,
): CliprdrInput => ({
  type: "received",
  message: { message, value: { msgFlags: 0, ...value } } as unknown as CliprdrMessage,
  now,
});

export const caps = (generalFlags: number): CliprdrInput =>
  received("clipCaps", { capabilitySets: [{ capabilityData: { type: "general", version: 2, generalFlags } }] });

export const list = (formats: ClipboardFormat[], now = 0): CliprdrInput => received("formatListLong", { formats }, now);
export const text: ClipboardFormat = { formatId: 13, formatName: "" };
export const files: ClipboardFormat = { formatId: 0xc0de, formatName: "FileGroupDescriptorW" };

export const everything = 0x3e;
export const ok = 1;
export const fail = 2;

const listAccepted = received("formatListResponse", { msgFlags: ok });

/** The inputs after which each end is ready, and waits for nothing; the peer can do everything and offers these. */
export const ready = (side: Side, formats: ClipboardFormat[] = [text, files]): CliprdrInput[] =>
  side === "server"
    ? [{ type: "opened" }, caps(everything), list(formats)]
    : [{ type: "opened" }, caps(everything), received("monitorReady", {}), list(formats), listAccepted];

/** An end after some inputs, and what it put out: at all, and for the last input. */
export interface Story {
  readonly state: CliprdrState;
  /** For the last input. */
  readonly outputs: readonly CliprdrOutput[];
  /** Before the last input. */
  readonly before: CliprdrState;
}

export function story(side: Side, inputs: readonly CliprdrInput[], options: Partial<CliprdrOptions> = {}): Story {
  const step = side === "client" ? stepCliprdrClient : stepCliprdrServer;
  const state = (side === "client" ? cliprdrClient : cliprdrServer)(options);
  let told: Story = { state, outputs: [], before: state };
  for (const input of inputs) told = { before: told.state, ...step(told.state, input) };
  return told;
}

/** What is sent and said for the last input, in short. */
export const brief = ({ outputs }: Pick<Story, "outputs">): string[] =>
  outputs.map((output) => {
    if (output.type === "violation") return `${output.by}: ${output.rule}`;
    if (output.type !== "send") return "reason" in output ? `${output.type}: ${output.reason}` : output.type;
    const { msgFlags } = output.message.value;
    return `send ${output.message.message}${msgFlags === ok ? " ok" : msgFlags === fail ? " fail" : ""}`;
  });
