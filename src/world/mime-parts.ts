/** One field of a header; the value is folded as it came, one character a byte. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** A part that holds no others, its transfer encoding undone. */
export interface Part {
  readonly headers: readonly Header[];
  /** Lower case, without parameters; text/plain where none is given (RFC 2045 section 5.2). */
  readonly type: string;
  readonly charset: string;
  readonly bytes: Buffer;
}

/** Bounds of one message: whatever is beyond them is not looked at. */
const mostHeaders = 500;
const longestHeader = 10_000;
const mostParts = 30;
const deepest = 6;

export const headersOf = (head: string): readonly Header[] => {
  const fields: { name: string; value: string }[] = [];
  for (const line of head.split(/\r?\n/)) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last) {
      if (last.value.length < longestHeader) last.value = `${last.value}\n${line}`.slice(0, longestHeader);
      continue;
    }
    const cut = line.indexOf(':');
    if (cut <= 0) continue;
    if (fields.length >= mostHeaders) break;
    fields.push({
      name: line.slice(0, cut).trim().toLowerCase(),
      value: line.slice(cut + 1, cut + 1 + longestHeader).trim(),
    });
  }
  return fields;
};

export const unfolded = (value: string): string => value.replace(/\n[ \t]+/g, ' ').trim();

/** Every value of a field, in the order in which they stand in the header. */
export const fieldsOf = (headers: readonly Header[], name: string): readonly string[] =>
  headers.flatMap((header) => (header.name === name ? [header.value] : []));

export const fieldOf = (headers: readonly Header[], name: string): string => unfolded(fieldsOf(headers, name)[0] ?? '');

/** Header and body of an entity; a text without an empty line is all header. */
export const split = (text: string): { readonly headers: readonly Header[]; readonly body: string } => {
  const cut = /\r?\n\r?\n/.exec(text);
  // A part may begin with its empty line, and has no header then.
  if (/^\r?\n/.test(text)) return { headers: [], body: text.replace(/^\r?\n/, '') };
  if (!cut) return { headers: headersOf(text), body: '' };
  return { headers: headersOf(text.slice(0, cut.index)), body: text.slice(cut.index + cut[0].length) };
};

/** A parameter of a structured field, quoted or not (RFC 2045 section 5.1). */
export const parameterOf = (value: string, name: string): string => {
  const [, quoted, bare] =
    new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.){0,300})"|([^\\s;"]{1,300}))`, 'i').exec(value) ?? [];
  return quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
};

export const fromQuoted = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=[ \t]*\r?\n/g, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const bytesOf = (body: string, encoding: string): Buffer => {
  switch (encoding) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return fromQuoted(body);
    default:
      return Buffer.from(body, 'latin1');
  }
};

const sections = (body: string, boundary: string): readonly string[] => {
  const found: string[] = [];
  let current: string[] | undefined;
  for (const line of body.split('\n')) {
    // A search for blanks at the end would begin anew at each blank of a line of nothing else.
    const bare = line.trimEnd();
    if (bare === `--${boundary}` || bare === `--${boundary}--`) {
      if (current) found.push(current.join('\n').replace(/\r?\n?$/, ''));
      if (bare.endsWith('--') && bare !== `--${boundary}`) return found;
      if (found.length >= mostParts) return found;
      current = [];
    } else current?.push(line);
  }
  // A message that was cut off still shows its last part as far as it goes.
  if (current) found.push(current.join('\n'));
  return found;
};

/** The leaves of a message, one character a byte, in their order. */
export const partsIn = (text: string, depth = 0): readonly Part[] => {
  const { headers, body } = split(text);
  const contentType = fieldOf(headers, 'content-type');
  const type = (/^[^\s;]{1,100}/.exec(contentType)?.[0] ?? 'text/plain').toLowerCase();
  const boundary = parameterOf(contentType, 'boundary');
  if (type.startsWith('multipart/') && boundary !== '' && depth < deepest) {
    return sections(body, boundary)
      .flatMap((section) => partsIn(section, depth + 1))
      .slice(0, mostParts);
  }
  const encoding = fieldOf(headers, 'content-transfer-encoding').toLowerCase();
  return [
    { headers, type, charset: parameterOf(contentType, 'charset') || 'us-ascii', bytes: bytesOf(body, encoding) },
  ];
};
