import type { Point16, Rect16 } from "./pdu/geometry.js";

/** Pixels; `right` and `bottom` are exclusive. Empty if nothing lies between the edges. */
export type Rectangle = Readonly<Rect16>;

export const isEmpty = ({ left, top, right, bottom }: Rectangle): boolean => right <= left || bottom <= top;

export const areaOf = (of: Rectangle): number => (isEmpty(of) ? 0 : (of.right - of.left) * (of.bottom - of.top));

export const intersection = (a: Rectangle, b: Rectangle): Rectangle => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

/** The same rectangle, seen from `origin` and put at `to`. */
export const moved = (of: Rectangle, origin: Point16, to: Point16): Rectangle => ({
  left: of.left - origin.x + to.x,
  top: of.top - origin.y + to.y,
  right: of.right - origin.x + to.x,
  bottom: of.bottom - origin.y + to.y,
});

const sameAs = (a: Rectangle, b: Rectangle): boolean =>
  a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;

/** What is left of the rectangles outside `hole`; none of the results is empty. */
export function without(rectangles: readonly Rectangle[], hole: Rectangle): Rectangle[] {
  return rectangles.flatMap((each) => {
    const cut = intersection(each, hole);
    if (isEmpty(cut)) return [each];
    const pieces: Rectangle[] = [
      { ...each, bottom: cut.top },
      { ...each, top: cut.bottom },
      { ...cut, left: each.left, right: cut.left },
      { ...cut, left: cut.right, right: each.right },
    ];
    return pieces.filter((piece) => !isEmpty(piece));
  });
}

/** A list of rectangles grows no longer than this; what would is replaced by the rectangle around it. */
export const rectangleLimit = 32;

/** The rectangles and one more. */
export function including(rectangles: readonly Rectangle[], added: Rectangle): readonly Rectangle[] {
  if (isEmpty(added) || rectangles.some((each) => sameAs(intersection(each, added), added))) return rectangles;
  return bounded([...without(rectangles, added), added]);
}

/** The rectangles, or the one around them if they are more than {@link rectangleLimit}. */
export function bounded(rectangles: readonly Rectangle[]): readonly Rectangle[] {
  if (rectangles.length <= rectangleLimit) return rectangles;
  return [
    rectangles.reduce((around, each) => ({
      left: Math.min(around.left, each.left),
      top: Math.min(around.top, each.top),
      right: Math.max(around.right, each.right),
      bottom: Math.max(around.bottom, each.bottom),
    })),
  ];
}
