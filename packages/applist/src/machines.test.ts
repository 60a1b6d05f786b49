import { generate } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import { app, ApplistPair, clientAfter, clientReady, icon, serverAfter, serverReady } from "../testing/applist-pair.js";
import { WslgClient } from "../testing/wslg-client.js";
import {
  AppFlags,
  applistVocabulary,
  listedApps,
  stepApplistClient,
  stepApplistServer,
  type App,
  type ApplistMessage,
  type ApplistServerCommand,
} from "./index.js";

/** As many applications as there may be, of more that there are: the limit is reached, but not by what stays. */
const maxApps = 4;
const full = { maxApps, maxTotalIconBytes: maxApps * 8 };

const apps = fc
  .record({
    id: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    desc: fc.constantFrom("A", "B", "C"),
    workingDir: fc.constantFrom(undefined, "/"),
    icon: fc.constantFrom(undefined, icon(1), icon(2)),
  })
  .map(({ id, ...rest }): App => app({ id, group: id === "d" ? "games" : undefined, ...rest }));

const small = fc.nat({ max: 6 });
const actions = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("synchronise" as const), apps: fc.array(apps, { maxLength: maxApps }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("update" as const), app: apps }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), index: small }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("client" as const), count: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("server" as const), count: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("cut" as const, "close" as const, "open" as const) }) },
);
type Action = typeof actions extends fc.Arbitrary<infer A> ? A : never;

/** Changes what there is, and gives the command that tells the client. */
function change(catalogue: Map<string, App>, action: Action): ApplistServerCommand | undefined {
  if (action.do === "synchronise") {
    catalogue.clear();
    for (const each of action.apps) catalogue.set(each.id, each);
    return { type: "synchronise", apps: [...catalogue.values()] };
  }
  if (action.do === "update") {
    if (catalogue.size >= maxApps && !catalogue.has(action.app.id)) return undefined;
    catalogue.set(action.app.id, action.app);
    return { type: "update", app: action.app };
  }
  const gone = action.do === "delete" ? [...catalogue.values()][action.index] : undefined;
  if (gone === undefined) return undefined;
  catalogue.delete(gone.id);
  return { type: "delete", id: gone.id, group: gone.group };
}

const byId = (list: Iterable<App>): object[] =>
  [...list]
    .map(({ id, group = "", desc, workingDir = "", icon: image }) => ({ id, group, desc, workingDir, image }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));

const linkOf = ({ desc, group }: App): string => `${group === undefined ? "" : `${group}\\`}${desc}.lnk`;

const compats = fc.constantFrom("wslg" as const, undefined);

describe("server and client", () => {
  test("have the same list in the end, whatever changes, is delayed or cut", () => {
    fc.assert(
      fc.property(
        fc.array(actions, { maxLength: 40, size: "max" }),
        compats,
        fc.boolean(),
        (history, compat, answers) => {
          const catalogue = new Map<string, App>();
          const pair = new ApplistPair({ compat, maxApps }, answers ? () => [...catalogue.values()] : undefined, full);
          let isOpen = false;
          const setOpen = (open: boolean): void => {
            if (isOpen && !open) pair.cut();
            if (!isOpen && open) pair.open();
            isOpen = open;
          };
          setOpen(history.length % 2 === 0);
          for (const action of history) {
            const command = change(catalogue, action);
            if (command !== undefined) pair.serverDoes(command);
            else if (action.do === "client" || action.do === "server") pair.deliver(action.do, action.count);
            else {
              if (action.do !== "open") setOpen(false);
              if (action.do !== "close") setOpen(true);
            }
            const bytes = listedApps(pair.client).map((each) => each.icon?.bits.length ?? 0);
            expect(pair.client.iconBytes).toBe(bytes.reduce((sum, each) => sum + each, 0));
            expect(bytes.length).toBeLessThanOrEqual(pair.client.syncing ? 2 * maxApps : maxApps);
          }
          setOpen(true);
          pair.settle();
          expect(pair.server.phase).toBe("ready");
          expect(byId(listedApps(pair.client))).toEqual(byId(catalogue.values()));
          expect(byId(pair.told.values())).toEqual(byId(catalogue.values()));
          expect(byId(pair.server.apps?.values() ?? [])).toEqual(byId(catalogue.values()));
          expect(pair.client.syncing).toBe(false);
          expect(pair.violations).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("WSLg's client never gives up the channel over a server that minds it, and has the right files", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(actions, { maxLength: 12, size: "max" }), { maxLength: 4, size: "max" }),
        (connections) => {
          const catalogue = new Map<string, App>();
          let files: ReadonlySet<string> = new Set(["left.lnk"]);
          // Entries that are shown by one name share a file, which goes with the first of them.
          let shared = false;
          for (const history of connections) {
            const client = new WslgClient(files);
            let { state } = serverAfter(serverReady, { compat: "wslg" });
            const run = (command: ApplistServerCommand): void => {
              const step = stepApplistServer(state, command);
              state = step.state;
              for (const output of step.outputs) if (output.type === "send") client.take(output.message);
              expect(client.failure).toBeUndefined();
              const wanted = [...catalogue.values()].map(linkOf);
              shared ||= new Set(wanted).size < wanted.length;
              const links = new Set([...client.files].filter((file) => file.endsWith(".lnk")));
              if (!shared) expect(links).toEqual(new Set(wanted));
            };
            run({ type: "synchronise", apps: [...catalogue.values()] });
            for (const action of history) {
              const command = change(catalogue, action);
              if (command !== undefined) run(command);
            }
            ({ files } = client);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test("without `compat` WSLg's client fails on a new name", () => {
    for (const compat of ["wslg", undefined] as const) {
      const client = new WslgClient();
      const inputs = [...serverReady, { type: "update", app: app() } as const];
      const again = { type: "update", app: app({ desc: "New" }) } as const;
      for (const { outputs } of [serverAfter(inputs, { compat }), serverAfter([...inputs, again], { compat })])
        for (const output of outputs) if (output.type === "send") client.take(output.message);
      expect(client.failure).toBe(compat === "wslg" ? undefined : "an entry changes its files");
    }
  });
});

const limits = { maxApps: 2, maxIconBytes: 8, maxTotalIconBytes: 12 };

/** Any message; texts are often such that they hit what is there. */
const anyMessage = fc.gen().map((draw): ApplistMessage => {
  const choice = choices(draw);
  const names = Object.keys(applistVocabulary.pdus) as (keyof typeof applistVocabulary.pdus)[];
  const name = names[choice.int(0, names.length - 1)] as keyof typeof applistVocabulary.pdus;
  const value: Record<string, unknown> = { ...generate(applistVocabulary.pdus[name] as never, choice) };
  for (const [field, given] of Object.entries(value))
    if (typeof given === "string" && choice.int(0, 9) > 0) value[field] = "abcde"[choice.int(0, 4)];
  if (name === "updateAppList" && choice.int(0, 3) > 0)
    Object.assign(value, { appId: "abcde"[choice.int(0, 4)], appExecPath: "x", appDesc: "y" });
  return { message: name, value } as unknown as ApplistMessage;
});

describe("a peer that misbehaves", () => {
  test("never makes the client throw or grow past its limits", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 60, size: "max" }), (messages) => {
        let { state } = clientAfter(clientReady, limits);
        for (const message of messages) {
          const step = stepApplistClient(state, { type: "received", message });
          const isMarked =
            message.message === "updateAppList" &&
            (message.value.flags & (AppFlags.syncStart | AppFlags.syncEnd)) !== 0;
          if (!isMarked && step.outputs.length > 0 && step.outputs.every(({ type }) => type === "violation"))
            expect(step.state).toBe(state);
          state = step.state;
          // What a whole list may delete at its end is there until then.
          const lists = state.syncing ? 2 : 1;
          expect(state.apps.size).toBeLessThanOrEqual(lists * 2);
          const sizes = listedApps(state).map((each) => each.icon?.bits.length ?? 0);
          expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(8);
          expect(state.iconBytes).toBe(sizes.reduce((sum, each) => sum + each, 0));
          expect(state.iconBytes).toBeLessThanOrEqual(lists * 12);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("changes nothing at the server once the client was heard", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const { state } = serverAfter(serverReady);
        const step = stepApplistServer(state, { type: "received", message });
        expect(step.state).toBe(state);
        expect(step.outputs).toMatchObject([{ type: "violation", by: "peer" }]);
      }),
    );
  });
});
