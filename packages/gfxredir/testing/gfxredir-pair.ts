import { sourceOf } from "@railvail/wire";
import { after, arriving, MachinePair, type Side } from "../../../test/machine-pair.js";
import {
  gfxredirClient,
  gfxredirMessageLength,
  gfxredirServer,
  gfxredirVocabulary,
  stepGfxredirClient,
  stepGfxredirServer,
  type GfxredirClientInput,
  type GfxredirClientOutput,
  type GfxredirClientState,
  type GfxredirMessage,
  type GfxredirServerInput,
  type GfxredirServerOptions,
  type GfxredirServerOutput,
  type GfxredirServerState,
  type OpenPool,
  type OpenPoolCommand,
  type PoolBuffer,
  type PresentBuffer,
  type PresentCommand,
} from "../src/index.js";

export const sectionName = (number: number): string =>
  `{00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}}`;

/** One page with a good name. */
export const pool = (changes: Partial<OpenPool> = {}): OpenPool => ({
  poolId: 1n,
  poolSize: 4096n,
  sectionName: sectionName(1),
  ...changes,
});

export const openPool = (changes: Partial<OpenPool> = {}): OpenPoolCommand => ({ type: "openPool", ...pool(changes) });

/** 8 times 4 pixels at the start of pool 1. */
export const buffer = (changes: Partial<PoolBuffer> = {}): PoolBuffer => ({
  poolId: 1n,
  bufferId: 1n,
  offset: 0n,
  stride: 32,
  width: 8,
  height: 4,
  format: 2,
  ...changes,
});

export const createBuffer = (changes: Partial<PoolBuffer> = {}) =>
  ({ type: "createBuffer", ...buffer(changes) }) as const;

/** Buffer 1 as a whole in window 5. */
const whole = {
  windowId: 5n,
  bufferId: 1n,
  targetWidth: 8,
  targetHeight: 4,
  dirtyRect: { left: 0, top: 0, width: 8, height: 4 },
  opaqueRects: [],
};

export const present = (changes: Partial<PresentCommand> = {}): PresentCommand => ({
  type: "present",
  ...whole,
  ...changes,
});

export const presentValue = (changes: Partial<PresentBuffer> = {}): PresentBuffer => ({
  timestamp: 0n,
  presentId: 1n,
  orientation: 0,
  ...whole,
  ...changes,
});

export const ack = (windowId: bigint, presentId: bigint): GfxredirServerInput =>
  received("presentBufferAck", { windowId, presentId });

/** A message that arrives, for either end. */
export const received = arriving<GfxredirMessage>();

export const version2 = { capsData: { type: "version2", supportedFeatures: 0 } } as const;

/** A server after these inputs; the outputs are those of the last one. */
export const serverAfter = (inputs: readonly GfxredirServerInput[], options: Partial<GfxredirServerOptions> = {}) =>
  after(stepGfxredirServer, gfxredirServer(options), inputs);

/** A client after these inputs; the outputs are those of the last one. */
export const clientAfter = (
  inputs: readonly GfxredirClientInput[],
  options: Parameters<typeof gfxredirClient>[0] = {},
) => after(stepGfxredirClient, gfxredirClient(options), inputs);

/** The inputs after which each end is ready. */
export const serverReady: readonly GfxredirServerInput[] = [
  { type: "opened", now: 0 },
  received("capsAdvertise", { capsSets: [version2] }),
];
export const clientReady: readonly GfxredirClientInput[] = [
  { type: "opened" },
  received("capsConfirm", { capsSet: version2 }),
];

/** Both ends with their applications; what they send is bytes that wait until they are delivered. */
export class GfxredirPair extends MachinePair<
  GfxredirServerState,
  GfxredirServerInput,
  GfxredirServerOutput,
  GfxredirClientState,
  GfxredirClientInput,
  GfxredirClientOutput
> {
  /** The memory that the server's application holds, by pool. */
  readonly sections = new Map<bigint, string>();
  /** What the client's application shows and has not said `presented` to. */
  showing: { readonly windowId: bigint; readonly presentId: bigint; readonly bufferId: bigint }[] = [];
  /** What the client's application has mapped. */
  readonly mapped = new Set<bigint>();
  readonly reasons: string[] = [];

  constructor(options: Partial<GfxredirServerOptions> = {}) {
    super(
      { state: gfxredirServer(options), step: stepGfxredirServer },
      { state: gfxredirClient(), step: stepGfxredirClient },
    );
  }

  override open(): void {
    this.serverDoes({ type: "opening", now: this.now });
    this.clientDoes({ type: "opened" });
    this.serverDoes({ type: "opened", now: this.now });
  }

  /** Opens memory of its own for a new pool. */
  openPool(poolId: bigint, poolSize: bigint, name: string): void {
    if (!this.server.pools.has(poolId)) this.sections.set(poolId, name);
    this.serverDoes({ type: "openPool", poolId, poolSize, sectionName: name });
    if (!this.server.pools.has(poolId)) this.sections.delete(poolId);
  }

  protected override answerAll(): void {
    while (this.showing.length > 0) this.show(this.showing.length - 1);
  }

  /** All in one message of the channel. */
  protected override hear(to: Side, messages: readonly Uint8Array[]): void {
    const source = sourceOf(new Uint8Array(Buffer.concat(messages)));
    const sender = to === "client" ? "server" : "client";
    const end = source.bytes.length;
    for (let at = 0; at < end;) {
      const next = at + (gfxredirMessageLength(source, at, end) as number);
      const message = gfxredirVocabulary.read(source, at, next, sender) as GfxredirMessage;
      if (to === "client") this.clientDoes({ type: "received", message });
      else this.serverDoes({ type: "received", message });
      at = next;
    }
    // The memory of a message is used again.
    source.bytes.fill(0xee);
  }

  show(index: number): void {
    const shown = this.showing.splice(index, 1)[0];
    if (shown !== undefined)
      this.clientDoes({ type: "presented", windowId: shown.windowId, presentId: shown.presentId });
  }

  protected override takeFromServer(output: GfxredirServerOutput): void {
    if (output.type === "send") this.waiting.client.push(gfxredirVocabulary.encode(output.message));
    else if (output.type === "wake") this.wake = output.at;
    else if (output.type === "unavailable") this.reasons.push(output.reason);
    else if (output.type === "violation") this.violations.push(`server: ${output.by}: ${output.rule}`);
    else if (output.type === "poolClosed" && !this.sections.delete(output.poolId))
      this.violations.push(`test: pool ${output.poolId} closed twice`);
  }

  protected override takeFromClient(output: GfxredirClientOutput): void {
    if (output.type === "send") this.waiting.server.push(gfxredirVocabulary.encode(output.message));
    else if (output.type === "violation") this.violations.push(`client: ${output.by}: ${output.rule}`);
    else if (output.type === "poolOpened") this.mapped.add(output.poolId);
    else if (output.type === "poolClosed" && !this.mapped.delete(output.poolId))
      this.violations.push(`test: pool ${output.poolId} unmapped twice`);
    else if (output.type === "present")
      this.showing.push({
        windowId: output.windowId,
        presentId: output.presentId,
        bufferId: output.buffer.bufferId,
      });
    else if (output.type === "bufferDestroyed")
      this.showing = this.showing.filter(({ bufferId }) => bufferId !== output.bufferId);
  }
}
