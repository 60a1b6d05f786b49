/** Sessions in which the channels are known. */
import { egfxChannel } from "@railvail/egfx";
import { createRequest, opening } from "./session-bytes.js";
import { Watched } from "./watch.js";

/** The settings were exchanged; what that gave is forgotten. */
export function openedSession(): Watched {
  const { c2s, s2c } = opening();
  const watched = new Watched().send("c2s", c2s).send("s2c", s2c);
  watched.lines.length = 0;
  return watched;
}

/** The graphics channel is dynamic channel 3. */
export function graphicsSession(): Watched {
  const watched = openedSession().send("s2c", createRequest(3, egfxChannel));
  watched.lines.length = 0;
  return watched;
}
