import { quoteText } from "@railvail/command-line";
import type { Message } from "@railvail/dissect";
import { partLimit, type WindowStories } from "./window-story.js";

/** What of the VAIL messages' values is looked at. Ids are 64 bits wide and written in decimal. */
interface VailValue {
  readonly poolId: bigint;
  readonly poolSize: bigint;
  readonly sectionName: string;
  readonly bufferId: bigint;
  readonly offset: bigint;
  readonly width: number;
  readonly height: number;
  readonly windowId: bigint;
  readonly targetWidth: number;
  readonly targetHeight: number;
}

/** Follows pools and buffers of shared memory, and the windows they are presented in. */
export class WindowBuffers {
  private readonly stories: WindowStories;

  constructor(stories: WindowStories) {
    this.stories = stories;
  }

  message(message: Message): void {
    const value = message.value as VailValue | undefined;
    if (value === undefined) return;
    const tell = (what: string, detail: string): void => this.stories.tell(message, undefined, what, detail);
    switch (message.name) {
      case "GFXREDIR_OPEN_POOL_PDU": {
        const name = quoteText(value.sectionName, 80);
        return tell("pool opened", `pool ${value.poolId}, ${value.poolSize} bytes, ${name}`);
      }
      case "GFXREDIR_CLOSE_POOL_PDU":
        return tell("pool closed", `pool ${value.poolId}`);
      case "GFXREDIR_CREATE_BUFFER_PDU": {
        const { bufferId, poolId, offset, width, height } = value;
        const place = `pool ${poolId} at ${offset}`;
        return tell("buffer created", `buffer ${bufferId}, ${width}x${height}, ${place}`);
      }
      case "GFXREDIR_DESTROY_BUFFER_PDU":
        return tell("buffer destroyed", `buffer ${value.bufferId}`);
      case "GFXREDIR_PRESENT_BUFFER_PDU":
        return this.present(message, value);
      case "GFXREDIR_PRESENT_BUFFER_ACK_PDU":
        this.stories.of(Number(value.windowId)).presentAcks++;
        return;
    }
  }

  /** Only the first of a run of presents of one buffer is told; all are counted. */
  private present(message: Message, value: VailValue): void {
    const windowId = Number(value.windowId);
    const story = this.stories.of(windowId);
    story.presents++;
    const buffer = String(value.bufferId);
    if (story.bufferIds.at(-1) === buffer || story.bufferIds.length >= partLimit) return;
    story.bufferIds.push(buffer);
    const detail = `buffer ${buffer} to ${value.targetWidth}x${value.targetHeight}`;
    this.stories.tell(message, windowId, "first present", detail);
  }
}
