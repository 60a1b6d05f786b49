import { SectionError, type SectionFault } from "@railvail/session";

const faults: Readonly<Record<string, SectionFault>> = {
  ENOENT: "not-found",
  ESRCH: "not-found",
  EACCES: "refused",
  EPERM: "refused",
  ELOOP: "refused",
  EISDIR: "refused",
  ENXIO: "refused",
  ENODEV: "refused",
  ENOTDIR: "refused",
  ENOSPC: "no-space",
  EDQUOT: "no-space",
  ENOMEM: "no-space",
  EMFILE: "no-space",
  ENFILE: "no-space",
  EFBIG: "no-space",
};

/** What an error of the system comes to. */
export function sectionError(error: unknown, what: string): SectionError {
  if (error instanceof SectionError) return error;
  return new SectionError(faults[errorCode(error) ?? ""] ?? "system", `${what}: ${messageOf(error)}`);
}

/** The system's name for an error: `ENOENT`. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
