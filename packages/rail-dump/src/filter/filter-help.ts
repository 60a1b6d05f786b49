export const filterHelp = `usage: rail-dump -Y FILTER [OPTIONS] FILE...

Shows the messages for which FILTER holds. It is read before any file is; what is
wrong with it is said then. docs/filter.md has all of the language.

names (rail-dump fields [PATTERN] lists those of messages and fields):
  WindowMove              a message: the name that its package exports it by, or the
                          specification's (TS_RAIL_ORDER_WINDOWMOVE)
  WindowMove.left         a field of a message; a name alone asks whether it is there
  rail.left               a field of that name of any message of the package rail
  egfx.CapsAdvertise      a message, where several packages have one of the name
  ConfirmActive.combinedCapabilities.capabilitySets.capability.rail
                          fields of fields; a list has the values of its elements; of
                          a union, the arm may be named or left out
  channel direction conn packet time length name path trouble
                          what any message has; time in seconds since the first packet
  tpkt.length             Wireshark's names, where it has the same field

tests:
  == != < <= > >=         or eq ne lt le gt ge; a field with several values passes if
                          one does, != if there is one and none is equal
  in {1, 2, 5..8}         one of several
  contains                a part of a text or of bytes
  matches or ~            a regular expression, of either case, anywhere in a text
  & BITS                  one of the bits is set; & BITS == VALUE compares them

values: 18, 0x12, -3, 1.5 (seconds), "text" (\\" \\n \\x1b \\u{1f600}), r"raw text",
  bytes 0a:ff or :0a, names of values and bits (showState == show), true, false;
  words need no quotation marks after channel, direction, name, path and trouble

and, or, not (&&, ||, !) and parentheses join tests; and binds before or.

A message of a lower layer is shown without -a if FILTER (or -e) names it.

examples:
  rail-dump -Y 'rail.windowId == 5 and not WindowMove' session.pcap.gz
  rail-dump -Y 'WindowState.title matches "^mail" or trouble' session.pcap.gz
  rail-dump -Y 'tpkt.length > 8000' -T fields -e packet -e tpkt.length session.pcap.gz
`;
