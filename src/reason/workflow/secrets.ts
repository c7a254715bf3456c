/** Forms of keys that their makers document; each begins in a way that no other text does. */
const knownForms: readonly (readonly [string, RegExp])[] = [
  ['AWS', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['Stripe', /\b[sr]k_live_[0-9A-Za-z]{16,}\b/],
  ['GitHub', /\bgh[pousr]_[0-9A-Za-z]{30,}\b/],
  ['GitLab', /\bglpat-[0-9A-Za-z_-]{20,}/],
  ['Slack', /\bxox[abeoprs]-[0-9A-Za-z-]{10,}/],
  ['Slack', /\bhooks\.slack\.com\/services\/T[0-9A-Z]{6,}\/B[0-9A-Z]{6,}\/[0-9A-Za-z]{16,}/],
  ['Google', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['SendGrid', /\bSG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}/],
  ['HubSpot', /\bpat-[a-z]{2}\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/],
  ['Salesforce', /\b00D[0-9A-Za-z]{12,15}![0-9A-Za-z._]{40,}/],
  ['JWT', /\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}/],
  ['private key', /-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----/],
];

/** Names of things whose value is a secret. */
const secretName =
  /(?:^|[^a-z])(?:authorization|pass(?:word|wd|phrase)|pwd|secret|api[_ -]?key|apikey|access[_ -]?key|private[_ -]?key|(?:access|auth|bearer|refresh|api)[_ -]?token|token|client[_ -]?secret|x-api-key|x-cybozu-api-token|x-cybozu-authorization)(?:$|[^a-z])/i;

/** `AccessToken`, `apiKey` with their words apart. */
const inWords = (name: string): string => name.slice(0, 100).replace(/([a-z0-9])([A-Z])/g, '$1 $2');

export const isSecretName = (name: string): boolean => secretName.test(inWords(name));

/** Bits per character; a random key has more than three, words and repeated letters fewer. */
const entropyOf = (text: string): number => {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
};

const placeholder =
  /^(?:[x*.•_-]+|<.*>|\[.*\]|\$\{?[\w.]+\}?|%\w+%|your[ _-].*|change[ _-]?me.*|todo.*|example.*|test|dummy|sample.*|none|null)$/i;

const scheme = /^(?:Bearer|Basic|Token|ApiKey|Digest)\s+/i;

/** A text that is more likely a key than a word: no blanks, letters and digits mixed, without a pattern. */
const looksRandom = (text: string): boolean =>
  text.length >= 12 &&
  !/[\s\u0000]/.test(text) &&
  /\d/.test(text) &&
  /[A-Za-z]/.test(text) &&
  !/^(?:https?|mailto):/i.test(text) &&
  entropyOf(text.slice(0, 200)) >= 3;

/** The maker of a key that stands in a text, by its form. */
export const knownSecret = (text: string): string | undefined =>
  knownForms.find(([, form]) => form.test(text.slice(0, 20_000)))?.[0];

/** Whether the value of something with a secret's name is the secret itself, and not a word for it. */
export const isSecretValue = (name: string, text: string): boolean => {
  if (!isSecretName(name)) return false;
  const bare = text.trim();
  const value = bare.replace(scheme, '');
  if (value === '' || placeholder.test(value)) return false;
  // A password need not look random.
  const isPassword = /pass|pwd/i.test(name) && value.length >= 6 && !/[\s\u0000]/.test(value) && /[\d\W]/.test(value);
  return isPassword || looksRandom(value) || (value !== bare && value.length >= 12 && !/[\s\u0000]/.test(value));
};
