/** What is wrong with a From header's value. */
export type FromFault =
  /** `Aozora, Inc. <a@b>`: a comma ends an address, other specials end the name (RFC 5322 3.2.3). */
  | 'unquoted'
  /** A quotation mark without its partner. */
  | 'open-quote'
  /** `Aozora sales@aozora.jp`, `Aozora <sales@aozora.jp`: the angle brackets are missing or single. */
  | 'brackets'
  /** Text behind the closing bracket. */
  | 'trailing'
  /** `<>` or a name alone. */
  | 'no-address';

export type FromHeader =
  | { readonly kind: 'bare' }
  | { readonly kind: 'named'; readonly name: string; readonly address: string }
  /** suggestion: the same name and address as the standard wants them, where both can be told. */
  | { readonly kind: 'malformed'; readonly fault: FromFault; readonly address?: string; readonly suggestion?: string };

// RFC 5322 3.2.3 without the dot, which the obsolete phrase takes (4.1); RFC 6532 3.2 lets UTF-8 in.
const specials = /[()<>[\]:;@\\,"]/;

const quoted = (name: string): string => `"${name.replace(/["\\]/g, '\\$&')}"`;

const addressPattern = /[^\s<>,;:()"[\]\\@]+@[^\s<>,;:()"[\]\\@]+/g;

const malformed = (fault: FromFault, value: string): FromHeader => {
  const addresses = value.match(addressPattern) ?? [];
  const [address] = addresses;
  // Two addresses: nobody but the writer knows which one is meant.
  if (address === undefined || addresses.length > 1) return { kind: 'malformed', fault };
  const name = value
    .slice(0, value.indexOf(address))
    .replace(/[<\s]+$/, '')
    .replace(/^\s*"|"\s*$/g, '')
    .trim();
  return { kind: 'malformed', fault, address, suggestion: name === '' ? address : `${quoted(name)} <${address}>` };
};

/** Words, each an atom or a quoted string; whatever else stands in a display name breaks it. */
const phraseFault = (phrase: string): FromFault | undefined => {
  const withoutQuoted = phrase.replace(/"(?:[^"\\]|\\.)*"/g, ' ');
  if (withoutQuoted.includes('"')) return 'open-quote';
  return specials.test(withoutQuoted) ? 'unquoted' : undefined;
};

/** Reads the value of a From header with one mailbox in it, bounded by the length that a header line may have. */
export const readFrom = (value: string): FromHeader => {
  const text = value.slice(0, 998);
  if (!/[<>"\s]/.test(text.trim())) return { kind: 'bare' };
  const opening = text.lastIndexOf('<');
  const closing = text.lastIndexOf('>');
  if (opening < 0 || closing < opening)
    return malformed(opening < 0 && closing < 0 && !text.includes('@') ? 'no-address' : 'brackets', text);
  if (text.slice(closing + 1).trim() !== '') return malformed('trailing', text);
  const address = text.slice(opening + 1, closing);
  if (!/^[^\s<>,;:()[\]\\@]+@[^\s<>,;:()[\]\\@]+$/.test(address)) return malformed('no-address', text);
  const phrase = text.slice(0, opening);
  const fault = phraseFault(phrase);
  if (fault) return malformed(fault, text);
  return { kind: 'named', name: phrase.trim(), address };
};
