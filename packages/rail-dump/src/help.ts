export const helpText = `usage: rail-dump [OPTIONS] FILE...
       rail-dump stats|verify|windows|extract [--json] [OPTIONS] FILE...
       rail-dump fields [PATTERN] | decode --pdu NAME HEX... | encode --pdu NAME JSON

Shows the messages of recorded RAIL and VAIL sessions. FILE is a capture (pcap or
pcapng, gzip or not); - is standard input. Without a command, one line a message:
packet, time, connection, direction, channel, length, name, summary.

commands:
  stats     messages and bytes per channel, direction and kind
  verify    whether all bytes are understood, and all messages encode to their bytes
  windows   the windows of the session over time, and how they were at its end
  extract   writes clipboard, audio, icons, cursors and frames into files
  fields    the messages and fields that filters can name
  decode    one message given in hex (standard input if there is none), as -V shows it
            (-x, -T, --json too); encode makes the hex of what decode --json prints

what is shown:
  -V, --tree            the fields of each message as a tree
  -x, --hex             the bytes of each message, labelled by field
  -T, --format FORMAT   text; ndjson: one JSON object a message; or fields: the columns
                        -e NAME, repeated, with -E separator=, -E header=y as in tshark
  -t, --time FORMAT     r relative (default), d since the line before, e since 1970,
                        a/ad local time (with date), u/ud UTC (with date)
  -w, --write OUT       no listing, but the packets of these messages as pcapng: if they
                        lack the session's start, they may be read otherwise
      --with-secrets    -w: the secrets of their TLS too
      --color WHEN      auto, always or never; NO_COLOR is honoured
  -q, --quiet           no listing: the exit code says whether all of it can be read
      --json            the commands: print JSON; --latency  stats: how long answers took

which messages:
  -Y, --filter FILTER   for which it holds: 'rail.windowId == 5' (see --help filter)
  -c, --count N         stop after N messages
  -a, --all             lower layers too: TPKT, MCS, chunks, fast-path packets
      --channel NAME    only this channel; may be repeated, or a,b,c: x224 mcs io
                        drdynvc egfx rail window-order fastpath-in fastpath-out
                        cliprdr rdpsnd rdpsnd-dvc audin gfxredir rdpapplist disp
      --direction DIR   c2s (client to server) or s2c
      --conn N          only this connection, from 0, counted over all files
  -r, --read FILE       the same as FILE
      --raw WAY:FILE    FILE is what one direction sent: c2s:FILE, s2c:FILE, or both
      --hex-input WAY:FILE  the same in hex digits, or as a hex dump with offsets
      --keylog FILE     decrypts TLS; may be repeated; SSLKEYLOGFILE and pcapng count too

extract:
  -o, --output DIR      where the files go (extracted); files that exist are not replaced
      --kind KIND       only clipboard, audio, icons, cursors or frames; or a,b,c
      --frames WHICH    last (default): each surface as it was at its end; or all
      --max-files N     the most files (10000); --max-bytes SIZE: the most bytes (1G)

  -h, --help            this text; --version: the version

exit codes: 0 clean, 1 findings, 2 usage or input/output

examples:
  rail-dump --channel rail,window-order session.pcap.gz
  rail-dump -V -x -c 1 --channel gfxredir session.pcap
  rail-dump -Y 'WindowMove.windowId == 5' -T ndjson session.pcapng | jq .value
`;
