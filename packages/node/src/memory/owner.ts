import { readFileSync, readlinkSync } from "node:fs";
import { errorCode } from "./system-fault.js";

/** The kernel's flag of a process that has begun to end. */
const exiting = 0x4;

/**
 * Says which process made a section, so that another one can tell whether it is gone: the run of
 * the system, the namespace of process numbers, the number, and when the process began.
 */
export function ownerMark(): string {
  const own = isLinux() ? processFacts(process.pid) : undefined;
  return [...surroundings(), process.pid, own?.began ?? "unknown"].join(" ");
}

/** Whether the process that a mark names is gone for certain. What cannot be looked up is not. */
export function ownerIsGone(mark: string): boolean {
  const [boot, namespace, number, began] = mark.split(" ");
  const [ownBoot, ownNamespace] = surroundings();
  const pid = Number(number);
  if (!isLinux() || boot !== ownBoot || namespace !== ownNamespace || boot === "unknown") return false;
  if (!Number.isSafeInteger(pid) || pid <= 0 || began === undefined || began === "unknown") return false;
  const facts = processFacts(pid);
  return facts === undefined ? !isThere(pid) : facts.ending || facts.began !== began;
}

const isLinux = (): boolean => process.platform === "linux";

let around: readonly [string, string] | undefined;

function surroundings(): readonly [string, string] {
  return (around ??= [
    attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()),
    attempt(() => readlinkSync("/proc/self/ns/pid")),
  ]);
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return "unknown";
  }
}

/** [proc(5)] /proc/pid/stat; undefined: there is no such process, or it is hidden. */
function processFacts(pid: number): { ending: boolean; began: string } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return undefined;
  }
  // The name may contain anything, also brackets.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, flags, began] = [fields[0], fields[6], fields[19]];
  if (began === undefined) return undefined;
  return { ending: state === "Z" || state === "X" || (Number(flags) & exiting) !== 0, began };
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}
