import { isSecretName } from '../reason/workflow/secrets.ts';

const deepest = 40;
const hidden = '***';

/** `X-Api-Key: abc` in a list of headers. */
const header = /^([\w-]{1,60}):\s/;

const textWithout = (text: string): string => {
  const name = header.exec(text)?.[1];
  return name !== undefined && isSecretName(name) ? `${name}: ${hidden}` : text;
};

/** A definition as it may leave a connector: what stands under the name of a secret is blacked out. */
export const withoutSecrets = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return textWithout(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return null;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      typeof item === 'string' && item !== '' && isSecretName(name) ? hidden : withoutSecrets(item, depth + 1),
    ]),
  );
};
