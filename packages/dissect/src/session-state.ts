import type { ConnectInitial, ConnectResponse } from "@railvail/transport";

/** The I/O channel that servers use, for a connection whose beginning is missing. */
const usualIoChannel = 1003;

/** What is learned of a connection as it goes by. */
export class SessionState {
  ioChannel = usualIoChannel;
  messageChannel: number | undefined;
  /** Names of the static channels by MCS channel id, in lower case. */
  readonly staticChannels = new Map<number, string>();
  /** Whether Standard RDP Security encrypts what follows the security headers. */
  encrypted = false;
  private requested: readonly string[] = [];

  /** The channels that the client asks for, in the order in which the answer has their ids. */
  connectInitial(value: ConnectInitial): void {
    for (const { body } of value.userData.userData.blocks) {
      if (body.type === "network") this.requested = body.channels.map(({ name }) => name.toLowerCase());
    }
  }

  connectResponse(value: ConnectResponse): void {
    for (const { body } of value.userData.userData.blocks) {
      if (body.type === "network") {
        this.ioChannel = body.mcsChannelId;
        for (const [index, id] of body.channelIds.entries()) {
          const name = this.requested[index];
          if (name !== undefined && id !== 0) this.staticChannels.set(id, name);
        }
      } else if (body.type === "security") this.encrypted = body.encryptionMethod !== 0;
      else if (body.type === "messageChannel") this.messageChannel = body.mcsChannelId;
    }
  }
}
