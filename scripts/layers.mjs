import { manifestViolations } from "./layers-of-manifests.mjs";
import { packageSourceViolations, sharedSourceViolations } from "./layers-of-sources.mjs";
import { packages } from "./project.mjs";

/**
 * Everything in a repository that breaks the fences between the layers.
 *
 * @param {string} base the root of the repository
 */
export function layerViolations(base) {
  const all = packages(base);
  return [
    ...manifestViolations(base, all),
    ...all.flatMap((one) => packageSourceViolations(base, one, all)),
    ...["test", "bench"].flatMap((folder) => sharedSourceViolations(base, folder, all)),
  ];
}
