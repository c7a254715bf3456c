/** The record at _mta-sts.DOMAIN (RFC 8461 section 3.1), or nothing where it is none. */
export const stsRecord = (text: string): { readonly id?: string } | undefined => {
  if (!/^v=STSv1\s*(?:;|$)/.test(text)) return undefined;
  const id = /;\s*id\s*=\s*([A-Za-z0-9]{1,32})\s*(?:;|$)/.exec(text)?.[1];
  return id === undefined ? {} : { id };
};

export type StsPolicy =
  | {
      readonly kind: 'policy';
      readonly mode: 'enforce' | 'testing' | 'none';
      readonly maxAge: number;
      readonly patterns: readonly string[];
    }
  | { readonly kind: 'invalid'; readonly at: string };

/** RFC 8461 section 3.2: a year and a day or so. */
const longestAge = 31_557_600;
const mostPatterns = 100;

const pattern = /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?$/i;

/** Reads a policy file; what a sender would have to throw away is `invalid`, with the line that shows it. */
export const readStsPolicy = (text: string): StsPolicy => {
  const fields: (readonly [string, string])[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const cut = line.indexOf(':');
    if (cut < 1) return { kind: 'invalid', at: line.slice(0, 100) };
    fields.push([line.slice(0, cut).trim().toLowerCase(), line.slice(cut + 1).trim()]);
    if (fields.length > mostPatterns) break;
  }
  const value = (name: string): string | undefined => fields.find(([key]) => key === name)?.[1];
  const invalid = (name: string): StsPolicy => ({
    kind: 'invalid',
    at: `${name}: ${value(name) ?? ''}`.trim().slice(0, 100),
  });
  if (value('version') !== 'STSv1') return invalid('version');
  const mode = value('mode')?.toLowerCase();
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none') return invalid('mode');
  const age = value('max_age') ?? '';
  if (!/^\d{1,10}$/.test(age) || Number(age) > longestAge) return invalid('max_age');
  const patterns = fields.flatMap(([key, one]) => (key === 'mx' ? [one.toLowerCase().replace(/\.$/, '')] : []));
  if (mode !== 'none' && patterns.length === 0) return invalid('mx');
  const wrong = patterns.find((one) => !pattern.test(one));
  if (wrong !== undefined) return { kind: 'invalid', at: `mx: ${wrong.slice(0, 90)}` };
  return { kind: 'policy', mode, maxAge: Number(age), patterns };
};

/** Section 4.1: a name, or `*.` for exactly one label. */
export const coversMx = (patterns: readonly string[], host: string): boolean =>
  patterns.some((one) =>
    one.startsWith('*.') ? host.slice(host.indexOf('.') + 1) === one.slice(2) && host.includes('.') : one === host,
  );
