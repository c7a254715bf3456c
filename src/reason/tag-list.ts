/** A list of `name=value` parts as DKIM and DMARC write it (RFC 6376 section 3.2), or where it cannot be read. */
export type TagList =
  | { readonly kind: 'tags'; readonly tags: ReadonlyMap<string, string>; readonly order: readonly string[] }
  | { readonly kind: 'broken'; readonly why: 'no-equals' | 'bad-name' | 'twice'; readonly at: string };

/** DKIM and DMARC define about a dozen tags; this bounds the work on a record that somebody else wrote. */
const mostTags = 100;

const name = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Reads a tag list; white space around names and values does not count, the case of names does. */
export const readTags = (text: string): TagList => {
  const tags = new Map<string, string>();
  for (const part of text.split(';', mostTags)) {
    const piece = part.trim();
    // RFC 6376 allows one `;` at the end; several are common and harm nobody.
    if (piece === '') continue;
    const cut = piece.indexOf('=');
    if (cut < 0) return { kind: 'broken', why: 'no-equals', at: piece };
    const key = piece.slice(0, cut).trim();
    if (!name.test(key)) return { kind: 'broken', why: 'bad-name', at: key };
    if (tags.has(key)) return { kind: 'broken', why: 'twice', at: key };
    tags.set(key, piece.slice(cut + 1).trim());
  }
  return { kind: 'tags', tags, order: [...tags.keys()] };
};
