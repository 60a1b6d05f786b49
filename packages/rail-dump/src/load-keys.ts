import { KeyLog, KeyLogOpenError } from "@railvail/capture";
import { escapeText } from "@railvail/command-line";
import type { Arguments } from "./arguments.js";
import { systemReason } from "./system-reason.js";
import { InputError, type Surroundings } from "./terminal.js";

/**
 * The secrets for all files: of the key logs that the options name, and of the one that
 * SSLKEYLOGFILE names, if it can be read: that variable is meant for whoever writes it.
 *
 * @throws InputError if a key log that an option names cannot be read.
 */
export async function loadKeys({ keyLogs }: Arguments, { env, loadKeyLog, stderr }: Surroundings): Promise<KeyLog> {
  const keys = new KeyLog();
  const fromEnvironment = env["SSLKEYLOGFILE"] ?? "";
  if (fromEnvironment !== "" && !keyLogs.includes(fromEnvironment)) {
    try {
      await loadKeyLog(fromEnvironment, keys);
    } catch (error) {
      if (!(error instanceof KeyLogOpenError)) throw error;
    }
  }
  for (const path of keyLogs) {
    try {
      const { secrets } = await loadKeyLog(path, keys);
      if (secrets === 0) await stderr.write(`rail-dump: ${escapeText(path)}: no TLS secrets are in this key log\n`);
    } catch (error) {
      if (!(error instanceof KeyLogOpenError)) throw error;
      throw new InputError(`${path}: ${systemReason(error)}`);
    }
  }
  return keys;
}
