/** One way in which a secret may stand in a file. */
export interface EncodedForm {
  readonly encoding: string;
  readonly bytes: Buffer;
}

const json = (value: string): string => JSON.stringify(value).slice(1, -1);

const percent = (bytes: Buffer, kept: RegExp, upper: boolean): string =>
  [...bytes]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      const digits = byte.toString(16).padStart(2, '0');
      return kept.test(character) ? character : `%${upper ? digits.toUpperCase() : digits}`;
    })
    .join('');

const escaped = (value: string, upper: boolean): string =>
  json(value).replace(/[\u007f-\uffff]/g, (unit) => {
    const digits = unit.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${upper ? digits.toUpperCase() : digits}`;
  });

/** The digits of base64 that hang on these bytes alone, whatever stands before and after them. */
const base64Cores = (bytes: Buffer): readonly string[] =>
  [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const core = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return core.length < 5 ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });

const utf16be = (value: string): Buffer => Buffer.from(value, 'utf16le').swap16();

const latin1 = (value: string): Buffer | undefined => {
  const bytes = Buffer.from(value, 'latin1');
  return bytes.toString('latin1') === value ? bytes : undefined;
};

/**
 * Every form of a secret that is looked for at the end. Made apart from the patterns that take secrets out, so that a
 * fault there is seen here. AUTH PLAIN and XOAUTH2 join the secret with other bytes before base64: the cores cover it.
 */
export const encodedForms = (value: string): readonly EncodedForm[] => {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const texts: readonly (readonly [string, string])[] = [
    ['plain', value],
    ['json', json(value)],
    ['json', json(value).replaceAll('/', '\\/')],
    ['json', escaped(value, false)],
    ['json', escaped(value, true)],
    ['json-in-json', json(json(value))],
    // UTF-16 that was read byte by byte, in either order.
    [
      'utf-16',
      [...Buffer.from(value, 'latin1')].every((byte, at) => byte === value.charCodeAt(at))
        ? value.split('').join('\0')
        : value,
    ],
    ...[true, false].flatMap((upper): readonly (readonly [string, string])[] => [
      ['url', percent(bytes, /[A-Za-z0-9\-_.!~*'()]/, upper)],
      ['url', percent(bytes, /[A-Za-z0-9\-_.~]/, upper)],
      ['url', percent(bytes, /[A-Za-z0-9*\-._]/, upper).replaceAll('%20', '+')],
    ]),
    ...(hex.length < 8
      ? []
      : ([
          ['hex', hex],
          ['hex', hex.toUpperCase()],
        ] as const)),
    ...base64Cores(bytes).map((core) => ['base64', core] as const),
    ...base64Cores(Buffer.from(value, 'utf16le')).map((core) => ['base64 of utf-16', core] as const),
  ];
  const others: readonly (readonly [string, Buffer | undefined])[] = [
    ['utf-16le', Buffer.from(value, 'utf16le')],
    ['utf-16be', utf16be(value)],
    ['latin-1', latin1(value)],
  ];
  const all = [
    ...texts.map(([encoding, text]) => ({ encoding, bytes: Buffer.from(text) })),
    ...others.flatMap(([encoding, found]) => (found === undefined ? [] : [{ encoding, bytes: found }])),
  ];
  // A secret of plain letters reads alike in most of them; the first name is kept.
  const seen = new Set<string>();
  return all.filter(({ bytes: form }) => {
    const key = form.toString('latin1');
    return !seen.has(key) && seen.add(key);
  });
};

const entities: readonly (readonly [string, readonly string[]])[] = [
  ['&', ['amp', '#38', '#x26']],
  ['<', ['lt', '#60', '#x3c']],
  ['>', ['gt', '#62', '#x3e']],
  ['"', ['quot', '#34', '#x22']],
  ["'", ['apos', '#39', '#x27']],
];

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The secret in HTML or XML, where each writer escapes other characters; undefined where none would. */
export const markupPattern = (value: string): RegExp | undefined => {
  if (!/[&<>"']/.test(value)) return undefined;
  const parts = [...value].map((character) => {
    const names = entities.find(([one]) => one === character)?.[1];
    return names ? `(?:${character}|&(?:${names.join('|')});)` : quoted(character);
  });
  return new RegExp(parts.join(''), 'gi');
};

const named = new Map(entities.flatMap(([character, names]) => names.map((name) => [name, character] as const)));

/** HTML and XML as a reader sees it. */
export const withoutEntities = (text: string): string =>
  text.replace(/&(#?\w{2,4});/g, (whole, name: string) => named.get(name.toLowerCase()) ?? whole);

/** A text as it is where percent signs are undone; what is no such escape stays. */
export const withoutPercents = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
