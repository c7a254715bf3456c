/** An address as bytes: 4 or 16; nothing where the text is none (RFC 4291 section 2.2, dotted quads at the end included). */
export const addressBytes = (text: string): readonly number[] | undefined => {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.');
    // 010 is eight to some and ten to others, so it is no address (RFC 6943 section 3.1.1).
    return parts.every((part) => Number(part) <= 255 && String(Number(part)) === part) ? parts.map(Number) : undefined;
  }
  if (text.length > 45 || !/^[0-9a-f:.]+$/i.test(text) || !text.includes(':')) return undefined;
  const quad = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
  const tail = quad ? addressBytes(quad[2] ?? '') : [];
  if (!tail) return undefined;
  const head = quad ? (quad[1] ?? '').replace(/([^:]):$/, '$1') : text;
  const halves = head.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined): readonly string[] => (half ? half.split(':') : []);
  const [left, right] = [groups(halves[0]), groups(halves[1])];
  if (![...left, ...right].every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const missing = 16 - tail.length - (left.length + right.length) * 2;
  if (halves.length === 2 ? missing < 2 && !(quad && missing >= 0) : missing !== 0) return undefined;
  const bytes = (list: readonly string[]): readonly number[] =>
    list.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return [...bytes(left), ...Array.from({ length: missing }, () => 0), ...bytes(right), ...tail];
};

/** The address as receivers take it: an IPv4 address inside IPv6 is one of IPv4 (RFC 7208 section 5). */
export const plainBytes = (text: string): readonly number[] | undefined => {
  const bytes = addressBytes(text);
  if (bytes?.length !== 16) return bytes;
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return mapped ? bytes.slice(12) : bytes;
};

/** Whether `ADDRESS/LENGTH` holds the address. */
export const holdsAddress = (network: string, address: readonly number[]): boolean => {
  const [base = '', length = ''] = network.split('/');
  const bytes = addressBytes(base);
  if (bytes?.length !== address.length) return false;
  const bits = length === '' ? bytes.length * 8 : Number(length);
  return bytes.every((byte, index) => {
    const here = Math.min(8, Math.max(0, bits - index * 8));
    const mask = (0xff << (8 - here)) & 0xff;
    return (byte & mask) === ((address[index] ?? 0) & mask);
  });
};
