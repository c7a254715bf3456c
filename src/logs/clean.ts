import { createRedactor, type SecretForm, withoutForms } from '../reason/redact.ts';

const redact = createRedactor([]);

/** Secrets that logs hold by their place in the line, besides the forms that every output is searched for. */
export const logForms: readonly SecretForm[] = [
  {
    // Answers to AUTH LOGIN and PLAIN in PHPMailer's dialogue are bare base64.
    rule: 'auth-answer',
    pattern: /(CLIENT -> SERVER: )(?=[A-Za-z0-9+/]*={0,2}\s*$)(?!(?:QUIT|DATA|RSET|NOOP|STARTTLS)\s*$)\S+/g,
    to: '$1***',
  },
  { rule: 'named-secret', pattern: /(given password: )[^)\s]+/gi, to: '$1***' },
  // Tryton logs its whole address of the mail server.
  { rule: 'url-userinfo', pattern: /(netloc='[^':@]{0,200}:)[^'@]{1,200}@/g, to: '$1***@' },
  {
    rule: 'named-secret',
    pattern:
      /("?\b(?:password|passwd|passwort|smtp_?pass\w*|pass|pwd|secret|client_secret|(?:access|refresh)_token|api_?key)"?\s*[=:]\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;&"')}\]]+)/gi,
    to: '$1***',
  },
];

const longestSecretSearch = 4096;

/** A line without what looks like a secret. */
export const withoutSecrets = (line: string): string =>
  // Hidden before it is shortened, so that no half of a secret is left over.
  withoutForms(redact(line.slice(0, longestSecretSearch)), logForms);

const variable: readonly (readonly [RegExp, string])[] = [
  [/"[^"]{0,500}"/g, '"…"'],
  [/<[^<>\s]{1,500}>/g, '<…>'],
  [/\b[\w.+-]+@[\w.-]+/g, '…@…'],
  [/\[?\b(?:\d{1,3}\.){3}\d{1,3}\b\]?(?::\d+)?/g, 'IP'],
  [/\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\b/gi, 'IP'],
  [/\b(?=[A-Za-z]*\d)(?:[0-9A-F]{8,}|[0-9a-f]{8,}|[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})\b/g, 'ID'],
  [/\b(?=[A-Za-z]+\d|\d+[A-Za-z])[0-9A-Za-z]{10,}\b/g, 'ID'],
  [/\b(?:[a-z0-9-]+\.){2,}[a-z]{2,}\b/gi, 'HOST'],
  [/\b(?!(?:[245]\d\d|[245]\.\d+\.\d+)\b)\d+(?:\.\d+)*\b/g, 'N'],
];

const longestShape = 200;

/** A line with what changes from time to time taken out, so that equal faults count as one. */
export const shapeOf = (text: string): string =>
  variable
    .reduce((shape, [form, to]) => shape.replace(form, to), withoutSecrets(text).slice(0, 600))
    .slice(0, longestShape);
