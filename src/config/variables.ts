/**
 * Braces end a plain text inside `{ … }`, and yet everybody writes `{ accessToken: ${TOKEN} }`. So the braces of a
 * variable pass through the YAML reader as two private characters; the text keeps its length and every position.
 */
const opening = '\ue000';
const closing = '\ue001';
const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const veiled = new RegExp(`\\$${opening}([A-Za-z_][A-Za-z0-9_]*)${closing}`, 'g');

export const veil = (text: string): string => text.replace(reference, `$$${opening}$1${closing}`);
export const unveil = (text: string): string => text.replace(veiled, '${$1}');

export type Interpolated =
  | { readonly kind: 'text'; readonly value: string; readonly variables: readonly string[] }
  | { readonly kind: 'missing'; readonly variable: string }
  /** `${` that names no variable. */
  | { readonly kind: 'malformed' };

/** Puts values from the environment in the place of `${NAME}`; `$${` stands for `${` itself. */
export const interpolate = (text: string, env: Readonly<Record<string, string | undefined>>): Interpolated => {
  const variables: string[] = [];
  let missing: string | undefined;
  let malformed = false;
  const value = text.replace(/\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{/g, (whole, name: string | undefined) => {
    if (whole === '$${') return '${';
    if (name === undefined) {
      malformed = true;
      return '';
    }
    variables.push(name);
    const found = env[name];
    if (found === undefined) missing ??= name;
    return found ?? '';
  });
  if (malformed) return { kind: 'malformed' };
  if (missing !== undefined) return { kind: 'missing', variable: missing };
  return { kind: 'text', value, variables };
};
