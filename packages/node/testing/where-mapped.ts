import { libc } from "../src/memory/libc.js";

/** Where the tests of plain files run that need links, pipes and the rights of files. */
export const isLinux = process.platform === "linux";

/** Where memory can be mapped: Linux, with koffi. */
export const isMapped = isLinux && libc() !== undefined;
