import { createHash } from 'node:crypto';

/** Names that mean something else to a system. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

const longest = 60;

/** A name of a file or folder for whatever something is called: no way out of its folder, and two names never share one. */
export const fileNameOf = (name: string): string => {
  const plain = [...name.normalize('NFC')]
    .map((character) => (/[\p{L}\p{N}._-]/u.test(character) ? character : '_'))
    .slice(0, longest)
    .join('')
    .replace(/^\.+/, '_')
    .replace(/\.+$/, '_');
  // Of small letters only, as some file systems tell no others apart.
  if (plain === name && plain === plain.toLowerCase() && !reserved.test(plain) && plain !== '') return plain;
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${plain === '' ? 'unnamed' : reserved.test(plain) ? `_${plain}` : plain}-${mark}`;
};
