import { missing, packageOf, type ProgramName } from "./programs.js";

/** Runs after all tests. */
export function teardown(): void {
  const absent = missing(Object.keys(packageOf) as ProgramName[]);
  if (absent.length === 0) return;
  const packages = [...new Set(absent.map((name) => packageOf[name]))];
  console.log(`not installed, so tests that need it were skipped: ${absent.join(", ")}`);
  console.log(`on Debian 12: apt-get install ${packages.join(" ")}`);
}
