/** A title, tooltip or description without the NULs at its end that some servers count into it. */
export function displayTitle(title: string): string {
  let end = title.length;
  while (end > 0 && title.charCodeAt(end - 1) === 0) end--;
  return title.slice(0, end);
}
