import type { ConnectInitial, ConnectResponse } from "@railvail/transport";

/** The I/O channel that servers use, for a connection whose beginning is missing. */
const usualIoChannel = 1003;

/** Why a message under Standard RDP Security cannot be read. */
export const encryptedDetail =
  "Standard RDP Security encrypts this message; its keys cannot be learned from a capture, so only a session without it, or under TLS with a key log, can be read";

/** What is learned of a connection as it goes by. */
export class SessionState {
  ioChannel = usualIoChannel;
  messageChannel: number | undefined;
  /** Names of the static channels by MCS channel id, in lower case. */
  readonly staticChannels = new Map<number, string>();
  /** Ids of static channels whose names were told from what is sent on them. */
  readonly guessed = new Set<number>();
  /** The server has said which ids its channels have. */
  idsKnown = false;
  /** Whether Standard RDP Security encrypts what follows the security headers. */
  encrypted = false;
  private requested: readonly string[] = [];

  /** The channels that the client asks for, in the order in which the answer has their ids. */
  connectInitial(value: ConnectInitial): void {
    for (const { body } of value.userData.userData.blocks) {
      if (body.type === "network") {
        this.requested = body.channels.map(({ name }) => name.toLowerCase());
      }
    }
  }

  connectResponse(value: ConnectResponse): void {
    for (const { body } of value.userData.userData.blocks) {
      if (body.type === "network") {
        this.idsKnown = true;
        this.ioChannel = body.mcsChannelId;
        for (const [index, id] of body.channelIds.entries()) {
          const name = this.requested[index];
          if (name !== undefined && id !== 0) this.staticChannels.set(id, name);
        }
      } else if (body.type === "security") this.encrypted = body.encryptionMethod !== 0;
      else if (body.type === "messageChannel") this.messageChannel = body.mcsChannelId;
    }
  }

  /** Whether a channel can be the message channel, as far as is known. */
  mayBeMessageChannel(id: number): boolean {
    return this.messageChannel === undefined && id !== this.ioChannel && !this.staticChannels.has(id);
  }

  /** A static channel of unknown name carries what this one does. */
  guess(id: number, name: string): void {
    this.staticChannels.set(id, name);
    this.guessed.add(id);
  }
}
