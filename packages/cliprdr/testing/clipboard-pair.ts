import { sourceOf } from "@railvail/wire";
import {
  cliprdrClient,
  cliprdrFeatures,
  cliprdrServer,
  cliprdrVocabulary,
  stepCliprdrClient,
  stepCliprdrServer,
  type CliprdrCommand,
  type CliprdrInput,
  type CliprdrMessage,
  type CliprdrOptions,
} from "../src/index.js";
import { bytesOf, ClipboardApp, dataOf, formatsOf, otherSide, sizeOf, type Side } from "./clipboard-app.js";

/** Both ends with their applications; what they send is bytes that wait until they are delivered. */
export class ClipboardPair {
  readonly client: ClipboardApp;
  readonly server: ClipboardApp;
  now = 0;
  private readonly waiting: Record<Side, Uint8Array[]> = { client: [], server: [] };
  private sent = 0;

  constructor(clientOptions: Partial<CliprdrOptions> = {}, serverOptions: Partial<CliprdrOptions> = clientOptions) {
    this.client = new ClipboardApp("client", cliprdrClient(clientOptions));
    this.server = new ClipboardApp("server", cliprdrServer(serverOptions));
    this.client.keptBy = (id) => this.server.locked.get(id);
    this.server.keptBy = (id) => this.client.locked.get(id);
  }

  does(side: Side, input: CliprdrInput): void {
    const app = this[side];
    const { state, outputs } = (side === "client" ? stepCliprdrClient : stepCliprdrServer)(app.state, input);
    app.state = state;
    for (const output of outputs) {
      if (output.type === "send") this.waiting[otherSide(side)].push(this.padded(output.message));
      app.take(output);
    }
  }

  open(): void {
    this.does("client", { type: "opened" });
    this.does("server", { type: "opened" });
  }

  /** The connection ends; what was on the way is lost. */
  cut(): void {
    for (const side of ["client", "server"] as const) {
      this.waiting[side] = [];
      this.does(side, { type: "closed" });
    }
  }

  offer(side: Side, withFiles: boolean): void {
    const formats = formatsOf(this[side].state.serving.offer.offerId + 1, withFiles);
    this.does(side, { type: "offer", formats });
  }

  request(side: Side, formatId: number): void {
    const app = this[side];
    const requestId = app.nextRequest++;
    app.asked.set(requestId, { seen: app.seen, formatId });
    this.does(side, { type: "request", requestId, formatId, now: this.now });
  }

  requestFile(side: Side, file: Pick<CliprdrCommand<"requestFile">, "lindex" | "range" | "clipDataId">): void {
    const app = this[side];
    const requestId = app.nextRequest++;
    app.asked.set(requestId, { seen: app.seen, ...file });
    this.does(side, { type: "requestFile", requestId, ...file, now: this.now });
  }

  /** Provides the data that is wanted, if any is. */
  provide(side: Side, isThere: boolean): void {
    const app = this[side];
    if (app.wanted === undefined) return;
    const { requestId, offerId, formatId } = app.wanted;
    app.wanted = undefined;
    const data = isThere ? dataOf(side, offerId, formatId) : undefined;
    this.does(side, { type: "provide", requestId, data, now: this.now });
  }

  provideFile(side: Side, index: number, isThere: boolean): void {
    const app = this[side];
    const [wanted] = app.wantedFiles.splice(index, 1);
    if (wanted === undefined) return;
    const { requestId, offerId, lindex, range } = wanted;
    const there =
      range === undefined ? sizeOf(offerId, lindex) : bytesOf(offerId, lindex, range.position, range.length);
    this.does(side, { type: "provideFile", requestId, content: isThere ? there : undefined, now: this.now });
  }

  deliver(to: Side, count: number): void {
    for (const bytes of this.waiting[to].splice(0, count)) {
      const { longNames } = cliprdrFeatures(this[to].state);
      const message = cliprdrVocabulary.read(sourceOf(bytes), 0, bytes.length, otherSide(to), longNames);
      this.does(to, { type: "received", message: message as CliprdrMessage, now: this.now });
    }
  }

  /** Time passes, and each end gets its tick if it asked for one by then. */
  wait(milliseconds: number): void {
    this.now += milliseconds;
    for (const side of ["client", "server"] as const) {
      const { wake } = this[side];
      if (wake !== undefined && wake <= this.now) this.does(side, { type: "tick", now: this.now });
    }
  }

  /** Everything arrives and is provided. */
  settle(): void {
    const { client, server, waiting } = this;
    const busy = (): boolean =>
      waiting.client.length + waiting.server.length + client.wantedFiles.length + server.wantedFiles.length > 0 ||
      client.wanted !== undefined ||
      server.wanted !== undefined;
    while (busy()) {
      for (const side of ["client", "server"] as const) {
        this.deliver(side, Infinity);
        this.provide(side, true);
        this.provideFile(side, 0, true);
      }
    }
  }

  /** With up to four bytes of padding, as mstsc sends it. */
  private padded(message: CliprdrMessage): Uint8Array {
    const bytes = cliprdrVocabulary.encode(message);
    const all = new Uint8Array(bytes.length + (this.sent++ % 5));
    all.set(bytes);
    return all;
  }
}
