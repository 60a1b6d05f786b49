/** 8-4-4-4-12 hexadecimal digits in braces, of either case; nothing else, so never a path. */
const guidInBraces = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;

/**
 * Whether a pool may have this name. WSLg gives each pool a fresh random UUID in braces, 38 characters;
 * a name of any other form could point out of the directory in which the receiver looks for it.
 */
export const isSectionName = (name: string): boolean => guidInBraces.test(name);
