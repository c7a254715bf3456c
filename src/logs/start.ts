import type { Cut } from './dialect.ts';

/** Strings at which the reader stops for the lines that a server writes when it starts. */
export const startNeedles: readonly string[] = [' -- version ', 'dovecot v', 'daemon started'];

const forms: readonly (readonly [string, RegExp])[] = [
  ['postfix', /^(?:daemon started|reload) -- version (\d[\w.-]{0,40})/],
  ['dovecot', /\bDovecot v(\d[\w.]{0,40})/],
  ['exim', /^exim (\d[\w.]{0,40}) daemon started/],
];

/** The version with which a server says that it starts. */
export const startIn = ({ text }: Cut): { readonly product: string; readonly version: string } | undefined => {
  for (const [product, form] of forms) {
    const version = form.exec(text)?.[1];
    if (version !== undefined) return { product, version };
  }
  return undefined;
};
