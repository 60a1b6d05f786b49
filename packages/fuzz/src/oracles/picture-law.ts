import type { Picture } from "@railvail/session";
import { holds } from "./broken-law.js";

/** Law `picture`: it has pixels, and all of them lie in its memory. Throws `BrokenLaw`. */
export function pictureLaw(picture: Picture | undefined): void {
  if (picture === undefined) return;
  const { width, height, stride, pixels } = picture;
  const row = width * 4;
  holds(
    width > 0 && height > 0 && stride >= row && pixels.length >= (height - 1) * stride + row,
    "picture",
    () => `${width} by ${height} pixels in rows of ${stride} bytes, and ${pixels.length} bytes in all`,
  );
}
