/** 1/120 that make a step of the wheel. */
export const wheelStep = 120;

/** What was turned so far and makes no whole step, on each axis. */
export type WheelRests = Readonly<Record<"vertical" | "horizontal", number>>;

export const noWheelRests: WheelRests = { vertical: 0, horizontal: 0 };

/**
 * Collects a fine wheel's rotation into whole steps of `unit` 1/120: how many are due now, with the
 * sign of the rotation, and what is left for later. Nothing gets lost: all steps and the rest make
 * up all rotations.
 */
export function wheelSteps(
  rests: WheelRests,
  { axis, rotation }: { readonly axis: keyof WheelRests; readonly rotation: number },
  unit = wheelStep,
): { readonly steps: number; readonly rests: WheelRests } {
  const turned = rests[axis] + rotation;
  // Without the sum a rest of zero could have a sign.
  const steps = Math.trunc(turned / unit) + 0;
  return { steps, rests: { ...rests, [axis]: turned - steps * unit } };
}
