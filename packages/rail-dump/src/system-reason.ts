const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "is a directory",
};

/** Why the system refused to open or read a file, in words. */
export const systemReason = ({ code, message }: { readonly code: string; readonly message: string }): string =>
  reasons[code] ?? message;
