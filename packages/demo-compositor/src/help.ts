export const helpText = `usage: demo-compositor [OPTIONS]

Shows windows that it draws itself on any RDP client that connects: an animation (drag it by any
part), a sheet to paint on (right click: colours), a pane of glass (wheel: thickness), and a text
to type in (Ctrl-C and Ctrl-V: clipboard). F2 plays a tone. Runs until Ctrl-C.

  --port PORT           3389 unless said otherwise; 0: any that is free
  --host ADDRESS        of this machine, IPv6 too: 127.0.0.1 unless said otherwise. Everybody who
                        can connect is let in.
  --tls MODE            auto (default): TLS, and plain RDP for clients that want that;
                        off: plain RDP only; only: TLS only
  --vail DIR            offers pixels in shared memory, whose files are in DIR, which is made if it
                        is not there; a client on this machine needs the same
  --paths LIST          ways for pixels, the best first; vail,egfx,composed unless said otherwise
  --take-over           a second client takes the place of the first, and is not refused
  --quit-after SECONDS  ends by itself
  --log                 a line for each event
  -h, --help; --version

Programs that a client can start: animation, paint, glass, text, and ||demo for all of them.
A client that closes the last window has its session ended; the next one can start them again.

examples:
  demo-compositor
  xfreerdp /v:127.0.0.1 /u:me /p:any /cert:ignore /app:'||demo'
  demo-compositor --port 3390 --vail /dev/shm/demo --log
  rail-view --connect 3390 --sections /dev/shm/demo --png out

exit codes: 0 ended as it was told to; 2 wrong usage, or it could not begin
`;
