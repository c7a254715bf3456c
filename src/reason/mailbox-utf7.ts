/** Modified UTF-7, in which IMAP writes folder names (RFC 3501 section 5.1.3); nothing where the text is none. */
export const fromMailboxUtf7 = (name: string): string | undefined => {
  let valid = true;
  const text = name.replace(/&([^-]*)(-?)/g, (_, encoded: string, end: string) => {
    if (end === '') valid = false;
    if (encoded === '') return '&';
    if (!/^[A-Za-z0-9+,]{1,1000}$/.test(encoded)) valid = false;
    const bytes = Buffer.from(encoded.replaceAll(',', '/'), 'base64');
    if (bytes.length === 0 || bytes.length % 2 === 1) valid = false;
    return bytes.length % 2 === 1 ? '' : Buffer.from(bytes).swap16().toString('utf16le');
  });
  return valid && !/[^\x20-\x7e]/.test(name) ? text : undefined;
};
