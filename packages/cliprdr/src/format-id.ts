/** Windows' own clipboard formats that matter here; named formats have numbers of the sender. */
export const FormatId = {
  text: 1,
  bitmap: 2,
  metafilePict: 3,
  dib: 8,
  palette: 9,
  unicodeText: 13,
  enhMetafile: 14,
  locale: 16,
  dibV5: 17,
} as const;

/** Names of formats that have no number of their own. A short format list cuts them. */
export const FormatName = {
  html: "HTML Format",
  rtf: "Rich Text Format",
  png: "PNG",
  fileGroupDescriptor: "FileGroupDescriptorW",
  fileContents: "FileContents",
  preferredDropEffect: "Preferred DropEffect",
} as const;
