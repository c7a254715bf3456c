const stars = '***';

const quoted = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * The digits that depend on these bytes alone when `before` unknown bytes stand in front: AUTH PLAIN encodes
 * `\0user\0secret`, XOAUTH2 `user=…^Aauth=Bearer secret^A^A`, so a secret sits at any of three places of a group of three.
 */
const base64At = (bytes: Uint8Array, before: 0 | 1 | 2): string => {
  const bits = bytes.length * 8;
  const shift = before * 8;
  const first = Math.ceil(shift / 6);
  const last = Math.floor((shift + bits) / 6);
  let digits = '';
  for (let digit = first; digit < last; digit += 1) {
    let value = 0;
    for (let bit = 0; bit < 6; bit += 1) {
      const position = digit * 6 + bit - shift;
      value = value * 2 + (((bytes[Math.floor(position / 8)] ?? 0) >> (7 - (position % 8))) & 1);
    }
    digits += base64Digits.charAt(value);
  }
  return digits;
};

const url = (digits: string): string => digits.replaceAll('+', '-').replaceAll('/', '_');

const percent = (bytes: Uint8Array, kept: RegExp): string =>
  [...bytes]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return kept.test(character) ? quoted(character) : `%(?:${hex(byte)}|${hex(byte).toUpperCase()})`;
    })
    .join('');

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** A break where a long quoted-printable line is folded. */
const soft = '(?:=\\r?\\n)?';

const quotedPrintable = (bytes: Uint8Array): string =>
  [...bytes]
    .map((byte) => {
      const encoded = `=(?:${hex(byte)}|${hex(byte).toUpperCase()})`;
      const character = String.fromCharCode(byte);
      // An encoder may write any byte as =XX; blanks are also _ in a header (RFC 2047 section 4.2).
      if (byte === 0x20) return `(?: |_|${encoded})`;
      return byte > 0x20 && byte < 0x7f && byte !== 0x3d ? `(?:${quoted(character)}|${encoded})` : encoded;
    })
    .join(soft);

const unicodeEscaped = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .split('')
    .map((unit) => {
      const digits = unit.charCodeAt(0).toString(16).padStart(4, '0');
      return unit < '\x7f' ? quoted(unit) : `\\\\u(?:${digits}|${digits.toUpperCase()})`;
    })
    .join('');

/**
 * The digit after the last whole one holds bits of the secret and of its neighbour and goes as well. The one before the
 * first stays: it holds four bits at most, and an optional start would make every place of a text one to try.
 */
const base64Forms = (bytes: Uint8Array): readonly string[] =>
  ([0, 1, 2] as const).flatMap((before) => {
    const digits = base64At(bytes, before);
    // Too short a piece would hit innocent text.
    if (digits.length < 4) return [];
    // Lines of encoded text are folded at any place (RFC 2045 section 6.8).
    return [...new Set([digits, url(digits)])].map(
      (form) => `${[...form].map(quoted).join('(?:\\r?\\n)?')}[A-Za-z0-9+/_-]?=*`,
    );
  });

const formsOf = (secret: string): readonly string[] => {
  const bytes = utf8(secret);
  const inHex = [...bytes].map((byte) => `(?:${hex(byte)}|${hex(byte).toUpperCase()})`).join('[ :]?');
  return [
    quoted(secret),
    quoted(JSON.stringify(secret).slice(1, -1)),
    quoted(JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')),
    unicodeEscaped(secret),
    percent(bytes, /[A-Za-z0-9\-_.!~*'()]/),
    percent(bytes, /[A-Za-z0-9\-_.~]/),
    percent(bytes, /[A-Za-z0-9*\-._]/).replaceAll('%(?:20|20)', '\\+'),
    quotedPrintable(bytes),
    ...(bytes.length >= 4 ? [inHex] : []),
    ...base64Forms(bytes),
  ];
};

const wordCharacter = '[\\p{L}\\p{N}_]';

/** From this length on a secret is a token, and is found by its pieces: a pattern of all its forms would be huge. */
const longSecret = 64;

/** Long enough that no other text has it by chance, short enough for several in a folded line. */
const piece = 24;

/** A piece begins at every so many characters: of a token, 31 in a row are always recognised. */
const stride = 8;

/** What the forms of a token consist of; a text is looked through run by run. */
const run = /[A-Za-z0-9+/=_.~%-]{24,}/g;

const piecesOf = (secret: string): readonly string[] => {
  const bytes = utf8(secret);
  const inHex = [...bytes].map(hex).join('');
  const forms = [secret, inHex, inHex.toUpperCase()];
  for (const before of [0, 1, 2] as const) {
    const digits = base64At(bytes, before);
    forms.push(digits, url(digits));
  }
  return forms.flatMap((form) =>
    Array.from({ length: Math.max(0, Math.ceil((form.length - piece + 1) / stride)) }, (_, index) =>
      form.slice(index * stride, index * stride + piece),
    ),
  );
};

/** Takes every run of characters out that holds a piece of a token, in whatever form, whole or cut or folded. */
const withoutTokens = (tokens: readonly string[], hide: () => string): ((text: string) => string) => {
  const pieces = new Set(tokens.flatMap(piecesOf));
  if (pieces.size === 0) return (text) => text;
  const holds = (words: string): boolean => {
    for (let at = 0; at + piece <= words.length; at += 1) if (pieces.has(words.slice(at, at + piece))) return true;
    return false;
  };
  return (text) => text.replace(run, (words) => (holds(words) ? hide() : words));
};

/** One alternation of every form of every secret, the longest first. */
const secretPattern = (secrets: readonly string[]): RegExp | undefined => {
  const known = [...new Set(secrets)].filter((secret) => secret.trim() !== '').sort((a, b) => b.length - a.length);
  const forms = known.flatMap((secret) =>
    secret.length >= 4 ? formsOf(secret) : [`(?<!${wordCharacter})${quoted(secret)}(?!${wordCharacter})`],
  );
  if (forms.length === 0) return undefined;
  return new RegExp([...new Set(forms)].join('|'), known.some(({ length }) => length < 4) ? 'gu' : 'g');
};

/** What gives a secret away by its place or its form, where nobody has told us its value. */
export interface SecretForm {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly to: string;
}

const form = (rule: string, pattern: RegExp, to: string = stars): SecretForm => ({ rule, pattern, to });

export const secretForms: readonly SecretForm[] = [
  form(
    'private-key',
    /-----BEGIN ([A-Z ]{0,20}PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g,
    `-----BEGIN $1-----${stars}`,
  ),
  form('jwt', /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*){0,3}/g),
  form('authorization', /\b(Authorization\s*[:=]\s*)[^\r\n]+/gi, `$1${stars}`),
  form('bearer', /\b(Bearer\s+)[\w.~+/=-]{4,}/gi, `$1${stars}`),
  form('pass-command', /((?:^|[\s"'>:])PASS )[^\r\n"']+/gm, `$1${stars}`),
  form(
    'auth-command',
    /((?:^|[\s"'>:])AUTH (?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|CRAM-MD5|NTLM|DIGEST-MD5) )[A-Za-z0-9+/=_-]{4,}/gim,
    `$1${stars}`,
  ),
  form(
    'auth-command',
    /\b(AUTHENTICATE (?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|NTLM) )[A-Za-z0-9+/=_-]{4,}/gi,
    `$1${stars}`,
  ),
  form(
    'login-command',
    /((?:^|[\s>:])[A-Za-z0-9.]{1,20} LOGIN (?!(?:XOAUTH2|OAUTHBEARER|PLAIN|NTLM|GSSAPI|CRAM-MD5|DIGEST-MD5|SCRAM-)\b)(?:"(?:[^"\\\r\n]|\\.)*"|[^\s"]+) )(?:"(?:[^"\\\r\n]|\\.)*"|[^\s"]+)/gm,
    `$1${stars}`,
  ),
  form('url-userinfo', /\b([a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/?#"'<>]{0,256}:)[^\s@/?#"'<>]{1,256}@/gi, `$1${stars}@`),
  form('cookie', /\b((?:Set-)?Cookie\s*:\s*)[^\r\n]+/gi, `$1${stars}`),
  // Whoever knows such an address may write there: Slack, Teams, Discord, Zapier, Make, Google Chat.
  form(
    'webhook-url',
    /\b(https:\/\/(?:hooks\.slack\.com\/|[a-z0-9-]{1,63}\.webhook\.office\.com\/|outlook\.office\.com\/webhook|discord(?:app)?\.com\/api\/webhooks\/|hooks\.zapier\.com\/|hook\.[a-z0-9.]{1,20}make\.com\/|chat\.googleapis\.com\/))[^\s"'<>]+/gi,
    `$1${stars}`,
  ),
  form(
    'url-parameter',
    /([?&](?:access_token|refresh_token|id_token|token|api_?key|sig|signature|secret|client_secret|password|passwd|pwd)=)[^&#\s"'<>]+/gi,
    `$1${stars}`,
  ),
  form('aws-key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g),
  form('salesforce-session', /\b00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{20,}/g),
];

/** How often a rule took something out. */
export type Taken = (rule: string, times: number) => void;

const replaced = (text: string, { rule, pattern, to }: SecretForm, taken: Taken | undefined): string => {
  if (!taken) return text.replace(pattern, to);
  const times = text.match(pattern)?.length ?? 0;
  if (times === 0) return text;
  taken(rule, times);
  return text.replace(pattern, to);
};

/** Takes out whatever has one of these forms. */
export const withoutForms = (text: string, forms: readonly SecretForm[] = secretForms, taken?: Taken): string =>
  forms.reduce((words, one) => replaced(words, one, taken), text);

const inUrlOf = (secret: string): string => {
  try {
    return encodeURIComponent(secret);
  } catch {
    // Half of a surrogate pair has no form in a URL.
    return secret;
  }
};

/** From so many secrets on, a pattern of all their forms would be tried at every place of a text, each form by itself. */
const manySecrets = 60;

/** By so many characters a form is looked up. */
const stem = 4;

/** The forms of a secret that are always written alike: as it is, in JSON, in base64 at each place, in hex and in a URL. */
const plainForms = (secret: string): readonly string[] => {
  const bytes = utf8(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inHex = [...bytes].map(hex).join('');
  const inUrl = inUrlOf(secret);
  const inBase64 = ([0, 1, 2] as const).flatMap((before) => {
    const digits = base64At(bytes, before);
    return digits.length < 6 ? [] : [digits, url(digits)];
  });
  return [secret, inJson, inHex, inHex.toUpperCase(), inUrl, inUrl.toLowerCase(), ...inBase64];
};

/**
 * Takes very many secrets out of a text in one pass over it, in the forms that are always written alike. What is written about
 * one mailbox goes through the pattern of all forms of its own secrets before.
 */
const withoutMany = (secrets: readonly string[], hide: () => string): ((text: string) => string) => {
  const byStem = new Map<string, string[]>();
  for (const one of new Set(secrets.flatMap(plainForms))) {
    if (one.trim().length < stem) continue;
    const key = one.slice(0, stem);
    byStem.set(
      key,
      [...(byStem.get(key) ?? []), one].sort((a, b) => b.length - a.length),
    );
  }
  // Most places of a text are passed by a look at two of its characters.
  const begins = new Uint8Array(65_536);
  const place = (text: string, at: number): number => ((text.charCodeAt(at) * 251) ^ text.charCodeAt(at + 1)) & 0xffff;
  for (const key of byStem.keys()) begins[place(key, 0)] = 1;
  return (text) => {
    let out = '';
    let from = 0;
    for (let at = 0; at + stem <= text.length; at += 1) {
      if (begins[place(text, at)] === 0) continue;
      const found = byStem.get(text.slice(at, at + stem))?.find((one) => text.startsWith(one, at));
      if (found === undefined) continue;
      out += text.slice(from, at) + hide();
      from = at + found.length;
      at = from - 1;
    }
    return from === 0 ? text : out + text.slice(from);
  };
};

/** Takes the given secrets out of a text, in every form in which they travel; nothing else. */
export const createConcealer = (secrets: readonly string[], taken?: Taken): ((text: string) => string) => {
  if (secrets.length > manySecrets) {
    const short = secretPattern(secrets.filter((secret) => secret.length < stem));
    const hideOne = (): string => {
      taken?.('known-secret', 1);
      return stars;
    };
    const many = withoutMany(secrets, hideOne);
    return (text) => many(short ? text.replace(short, hideOne) : text);
  }
  const tokens = secrets.filter((secret) => secret.length >= longSecret && /^[\x21-\x7e]+$/.test(secret));
  const pattern = secretPattern(secrets.filter((secret) => !tokens.includes(secret)));
  const hide = (): string => {
    taken?.('known-secret', 1);
    return stars;
  };
  const clean = withoutTokens(tokens, hide);
  return (text) => clean(pattern ? text.replace(pattern, hide) : text);
};

/**
 * Takes secrets out of a text: the given ones in every form in which they travel, and whatever looks like one. One pass
 * for all the given ones, so that the time grows with the text and not with the number of secrets.
 */
export const createRedactor = (secrets: readonly string[]): ((text: string) => string) => {
  const conceal = createConcealer(secrets);
  return (text) => withoutForms(conceal(text));
};
