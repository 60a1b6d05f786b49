import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../project.mjs";

/**
 * What a package of the workspace exports, from its build.
 * @param {string} name
 */
export const load = (name) => import(pathToFileURL(join(root, "packages", name, "dist", "index.js")).href);
