const name = /<([A-Za-z_][\w.-]*(?::[\w.-]+)?)/y;
/** What may stand before the root is short; a long comment there costs the file its quick look, not more. */
const lookedAt = 100_000;

/** The name of a file's outermost element with its prefix, from a quick look; the text may be cut off or broken. */
export const xmlRoot = (text: string): string | undefined => {
  let at = 0;
  while (at < text.length && at < lookedAt) {
    at = text.indexOf('<', at);
    if (at < 0) return undefined;
    const closing = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined;
    if (closing === undefined && !text.startsWith('<!', at)) {
      name.lastIndex = at;
      return name.exec(text)?.[1];
    }
    const end = text.indexOf(closing ?? '>', at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  return undefined;
};
