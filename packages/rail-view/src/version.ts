/** Of the package; see package.json. */
export const version = "0.1.0";
