/**
 * The name of a high-contrast scheme as it stands in `colorScheme`. [MS-RDPERP] 2.2.2.4.2 calls it
 * a UNICODE_STRING that ends in NUL: FreeRDP puts its length in bytes in front and no NUL behind,
 * IronRDP the NUL and no length. Both are understood here.
 */
export function colorSchemeName(colorScheme: string): string {
  const counted = colorScheme.length > 0 && colorScheme.charCodeAt(0) === (colorScheme.length - 1) * 2;
  const name = counted ? colorScheme.slice(1) : colorScheme;
  return name.endsWith("\0") ? name.slice(0, -1) : name;
}

/**
 * What to put into `colorScheme` for a name: its length in bytes and the name, as FreeRDP and
 * WSLg's server read it. The name has at most 32,767 units.
 */
export function colorSchemeOf(name: string): string {
  return String.fromCharCode(name.length * 2) + name;
}
