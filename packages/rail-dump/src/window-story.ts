/** A moment of a capture. */
export interface When {
  readonly time: bigint;
  readonly packet: number;
}

/** Something that happened to a window, a surface, a pool, or the desktop. */
export interface WindowEvent extends When {
  readonly connection: number;
  /** Undefined where it is about no window. */
  readonly windowId: number | undefined;
  /** A word or two: `created`, `title`, `moved`. */
  readonly what: string;
  readonly detail: string;
}

export interface Geometry {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One window from its creation to its deletion; its id may be used again by another. */
export interface WindowStory {
  readonly connection: number;
  readonly windowId: number;
  /** Undefined if its creation was not seen. */
  readonly created: When | undefined;
  deleted: When | undefined;
  title: string | undefined;
  ownerWindowId: number | undefined;
  geometry: Geometry | undefined;
  /** A name, or a number that has none. */
  showState: string | undefined;
  /** 0 is the topmost; undefined if the last list did not name it, or it was deleted. */
  zOrder: number | undefined;
  /** Surfaces of the graphics pipeline that were mapped to it, in order. */
  readonly surfaceIds: number[];
  /** Frames of the graphics pipeline that drew on a surface mapped to it. */
  frames: number;
  /** VAIL buffers that were presented in it, in order. */
  readonly bufferIds: string[];
  presents: number;
  presentAcks: number;
}

/** Events that are kept of one connection: a capture can hold more than there is memory. */
const eventLimit = 100_000;
/** Windows that are kept of one connection. */
const storyLimit = 10_000;

/** Surfaces and buffers that are kept of one window. */
export const partLimit = 1000;

/** What is told of the windows of one connection. */
export class WindowStories {
  readonly connection: number;
  readonly events: WindowEvent[] = [];
  readonly stories: WindowStory[] = [];
  /** Events that were not kept. */
  dropped = 0;
  /** The last window of each id; acknowledgements can come after it was deleted. */
  private readonly latest = new Map<number, WindowStory>();

  constructor(connection: number) {
    this.connection = connection;
  }

  tell({ time, packet }: When, windowId: number | undefined, what: string, detail = ""): void {
    if (this.events.length >= eventLimit) this.dropped++;
    else this.events.push({ connection: this.connection, time, packet, windowId, what, detail });
  }

  /** The last window of this id; one that was not seen to be created begins here. */
  of(windowId: number): WindowStory {
    return this.latest.get(windowId) ?? this.begin(windowId, undefined);
  }

  begin(windowId: number, created: When | undefined): WindowStory {
    const story: WindowStory = {
      connection: this.connection,
      windowId,
      created: created && { time: created.time, packet: created.packet },
      deleted: undefined,
      title: undefined,
      ownerWindowId: undefined,
      geometry: undefined,
      showState: undefined,
      zOrder: undefined,
      surfaceIds: [],
      frames: 0,
      bufferIds: [],
      presents: 0,
      presentAcks: 0,
    };
    if (this.stories.length < storyLimit) {
      this.stories.push(story);
      this.latest.set(windowId, story);
    }
    return story;
  }

  end(windowId: number, { time, packet }: When): void {
    const story = this.latest.get(windowId);
    if (story !== undefined) story.deleted ??= { time, packet };
  }
}
