import { Messages, send, violationsOf, type MessageOf, type Send, type Violation } from "@railvail/wire";
import { applistMessages } from "./messages.js";
import { AssociateWindowId } from "./pdu/associate-window-id.js";
import { ClientCaps, ServerCaps } from "./pdu/capabilities.js";
import { DeleteAppList, DeleteAppListProvider } from "./pdu/delete-app-list.js";
import { UpdateAppList } from "./pdu/update-app-list.js";

const pdus = {
  serverCaps: ServerCaps,
  clientCaps: ClientCaps,
  updateAppList: UpdateAppList,
  deleteAppList: DeleteAppList,
  deleteAppListProvider: DeleteAppListProvider,
  associateWindowId: AssociateWindowId,
};

/** The messages of the channel, by name. */
export const applistVocabulary = new Messages(applistMessages, pdus);
export type ApplistMessage = MessageOf<typeof pdus>;

/** What a peer or the application can do wrong, and what it means. Unless said, nothing comes of it. */
export const applistRules = {
  "not-open": "the channel is not open",
  "already-open": "the channel is open already",
  "not-ready": "the versions are not exchanged, or the provider was deleted",
  "wrong-direction": "only the other side sends this message",
  "caps-again": "the version was stated a second time; the first counts",
  "provider-name": "the name of the provider is empty or too long, or has a space, a quote, two dots or a NUL",
  "provider-id": "the provider's unique id is not a GUID without braces; one received is passed over",
  "other-provider": "the provider to delete is not the one of this channel",
  "needs-version-4": "windows are associated from version 4 on",
  "field-missing": "a field that must be there is not there, or is empty",
  "text-too-long": "a text has more than 254 characters",
  "text-forbidden": "an id, group or name has two dots or a quote, a directory has a quote, or a text has a NUL",
  "icon-too-big": "the icon has more bytes than are allowed; the application goes without it",
  "too-many-icon-bytes": "all icons together have more bytes than are allowed; the application goes without its icon",
  "too-many-apps": "more applications than are allowed",
  "app-twice": "an application stands twice in one list; the first counts",
  "unknown-app": "no application with this id and group is in the list",
  "sync-again": "a list starts while one has not ended; it starts anew",
  "sync-not-started": "a part of a list comes, or its end, without its start; the application itself counts",
} as const;
export type ApplistRule = keyof typeof applistRules;

export interface ApplistViolation extends Violation<ApplistRule> {
  /** The application that it is about, if it has an id. */
  readonly appId: string | undefined;
}

/** What a machine wants sent, in a message of the channel of its own: WSLg's client loses what follows a deletion. */
export type ApplistSend = Send<ApplistMessage>;

const violation = violationsOf(applistRules);

export const applistViolation = (by: ApplistViolation["by"], rule: ApplistRule, appId?: string): ApplistViolation => ({
  ...violation(by, rule),
  appId,
});

export const applistSend = send<ApplistMessage>;
