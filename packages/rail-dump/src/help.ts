export const helpText = `usage: rail-dump [OPTIONS] FILE...
       rail-dump stats   [--json] [OPTIONS] FILE...
       rail-dump verify  [--json] [OPTIONS] FILE...
       rail-dump windows [--json] [OPTIONS] FILE...

Shows the messages of recorded RAIL and VAIL sessions. FILE is a capture (pcap or
pcapng, gzip or not); - is standard input. Without a command, one line a message:
packet, time, connection, direction, channel, length, name, summary.

commands:
  stats     messages and bytes per channel, direction and kind
  verify    decode each message, check that its fields cover its bytes, encode it
            again and compare; exit code 1 if anything is left unexplained
  windows   the windows of the session over time, and how they were at its end

what is shown:
  -V, --tree            the fields of each message as a tree
  -x, --hex             the bytes of each message, labelled by field
  -T, --format FORMAT   text, or ndjson: one JSON object a message
  -t, --time FORMAT     r relative (default), d since the line before, e since 1970,
                        a/ad local time (with date), u/ud UTC (with date)
      --color WHEN      auto, always or never; NO_COLOR is honoured
      --json            stats, verify, windows: print JSON

which messages:
  -c, --count N         stop after N messages
  -a, --all             lower layers too: TPKT, MCS, chunks, fast-path packets
      --channel NAME    only this channel; may be repeated, or a,b,c: x224 mcs io
                        drdynvc egfx rail window-order fastpath-in fastpath-out
                        cliprdr rdpsnd rdpsnd-dvc audin gfxredir rdpapplist disp
      --direction DIR   c2s (client to server) or s2c
      --conn N          only this connection, from 0, counted over all files
  -r, --read FILE       the same as FILE
      --keylog FILE     decrypts TLS with this key log (NSS format, RFC 9850); may be
                        repeated. The one that SSLKEYLOGFILE names and those inside
                        pcapng files are used too

  -h, --help            this text
      --version         the version

exit codes: 0 clean, 1 findings, 2 usage or input/output

examples:
  rail-dump --channel rail,window-order session.pcap.gz
  rail-dump -V -x -c 1 --channel gfxredir session.pcap
  rail-dump -T ndjson session.pcapng | jq -c 'select(.name | test("WINDOWMOVE")) | .value'
`;
