export const helpText = `usage: rail-view --connect HOST:PORT|PATH [OPTIONS]

Connects to a server of remote windows (RAIL, VAIL) as a client without a screen: prints
windows and events as lines, saves what they show as PNG, and records the session.

what is connected to:
  --connect WHERE       HOST:PORT, [ADDRESS]:PORT, a PORT here, or the PATH of a unix socket
  --tls MODE            auto (default): TLS, or plain RDP where the server wants that; off; only
  --trust WHOM          whose certificate is believed: local (default: any on this machine),
                        any, verify (known authorities), or its SHA-256 fingerprint; the last
                        two mean --tls only: no password goes to a server without TLS
  --user NAME, --password TEXT, --domain NAME
  --desktop             one desktop with all that is on it, not windows
  --size WxH            the size of the client's desktop; 1280x800
  --no-vail             offers no pixels in shared memory
  --no-egfx             offers no graphics pipeline
  --remotefx            offers RemoteFX for desktops, which servers prefer; it loses some colour
  --sections DIR        the folder in which the server has shared memory; it must be there
  --compat wslg         what WSLg's server relies on

what is done once something is seen, in this order:
  --exec PROGRAM        started by the server; --args TEXT, --workdir DIR go with it
  --activate ID         the window gets the focus; ID as printed, or first, or a part of its title
  --move ID,X,Y[,W,H]   moves (and sizes) a window
  --minimize ID, --maximize ID, --restore ID
  --click X,Y           presses the left button there
  --type TEXT           types it; \\n is Enter, \\t Tab, \\b Backspace
  --close ID            closes a window
  Each may be repeated; all of a kind are done together, 0.3 seconds apart.

when it ends:
  --wait SECONDS        how long something to be seen is waited for; 10
  --quit-after SECONDS  leaves so long after all is done; 2; never: when the server ends
                        or with Ctrl-C

what comes out:
  --png DIR             each window as window-ID.png, the desktop as desktop.png
  --record FILE.pcapng  the session in the clear: rail-dump reads it
  --ndjson              one JSON object an event, each frame too
  -q, --quiet           no events, only troubles
  -h, --help; --version

examples:
  rail-view --connect 3389 --exec xterm --type 'date\\n' --png out --record session.pcapng
  rail-view --connect /run/user/1000/wslg.sock --ndjson --quit-after never
  rail-view --connect 10.0.0.5:3389 --desktop --user me --password secret --png out

exit codes: 0 all was done; 1 the server refused or ended the session, the program did not start,
a window was not there, nothing was seen, --sections was of no use, or it was interrupted before
all was done; 2 wrong usage, no connection, a certificate that is not believed, a folder of
--sections that is not there, a file that cannot be written
`;
