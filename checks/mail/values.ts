import { isRuntimeVersion } from '../../src/reason/runtimes.ts';

/** A value of the right type that cannot be right, with the value that was probably meant. */
export interface ValueProblem {
  readonly path: string;
  readonly value: string | number;
  readonly kind: 'empty' | 'blank' | 'full-width' | 'url' | 'path' | 'port-inside' | 'characters' | 'range' | 'no-at';
  /** The same value with the fault removed, where that is possible without guessing. */
  readonly suggestion?: string | number;
}

// NFKC turns full-width letters, digits and ideographic full stops into their ASCII forms.
const narrow = (value: string): string => value.normalize('NFKC').replace(/[。｡]/g, '.');

const invisible = /[\s\u00a0\u200b-\u200f\u2060\ufeff]/gu;

const bare = (value: string): string =>
  narrow(value)
    .replace(invisible, '')
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/[/?#].*$/, '');

const hostName = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;
const ipv4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const ipv6 = /^\[?[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.%a-z0-9]*\]?$/i;

const usable = (host: string): boolean => hostName.test(host) || ipv4.test(host) || ipv6.test(host);

// A name in its own script is fine once it is converted (RFC 5891); it is told from full-width ASCII by NFKC.
const internationalised = (host: string): boolean =>
  host === narrow(host) && /[^\x20-\x7e]/.test(host) && !/[\s/:@]/.test(host);

export const hostProblem = (path: string, host: string): ValueProblem | undefined => {
  if (host.trim() === '') return { path, value: host, kind: 'empty' };
  if (usable(host) || internationalised(host)) return undefined;
  const stripped = bare(host);
  const withoutPort = ipv6.test(stripped) ? stripped : stripped.replace(/:\d{1,5}$/, '');
  const kind = /:\/\//.test(narrow(host))
    ? 'url'
    : host !== narrow(host)
      ? 'full-width'
      : invisible[Symbol.search](host) >= 0
        ? 'blank'
        : /\//.test(host)
          ? 'path'
          : /:\d+$/.test(host)
            ? 'port-inside'
            : 'characters';
  return { path, value: host, kind, ...(usable(withoutPort) ? { suggestion: withoutPort } : {}) };
};

export const portProblem = (path: string, port: number): ValueProblem | undefined =>
  Number.isInteger(port) && port >= 1 && port <= 65_535 ? undefined : { path, value: port, kind: 'range' };

/** Login names may hold nearly anything; blanks at the ends, control and full-width characters are typing faults. */
export const nameProblem = (path: string, name: string): ValueProblem | undefined => {
  if (name.trim() === '') return { path, value: name, kind: 'empty' };
  const clean = narrow(name)
    .replace(/[\u0000-\u001f\u007f\u200b-\u200f\u2060\ufeff]/gu, '')
    .trim();
  if (clean === name) return undefined;
  const kind = name !== narrow(name) && narrow(name).trim() !== name.trim() ? 'full-width' : 'blank';
  return { path, value: name, kind, suggestion: clean };
};

/** `7.0`, `3.11.2`, `8u202`. */
export const runtimeVersionProblem = (path: string, version: string): ValueProblem | undefined => {
  if (version.trim() === '') return { path, value: version, kind: 'empty' };
  return isRuntimeVersion(version) ? undefined : { path, value: version, kind: 'characters' };
};

/** A domain or an address literal (RFC 5321 4.1.1.1), or whatever a CRM says that fits on a line. */
export const ehloProblem = (path: string, name: string): ValueProblem | undefined => {
  if (name.trim() === '') return { path, value: name, kind: 'empty' };
  if (/^[\x21-\x7e]{1,255}$/.test(name)) return undefined;
  const clean = narrow(name).replace(invisible, '');
  const kind = name === narrow(name) ? (invisible[Symbol.search](name) >= 0 ? 'blank' : 'characters') : 'full-width';
  return { path, value: name, kind, ...(/^[\x21-\x7e]{1,255}$/.test(clean) ? { suggestion: clean } : {}) };
};

/** Addresses such as taro..x@docomo.ne.jp are real: only what no server can take is a fault. */
export const addressProblem = (path: string, address: string): ValueProblem | undefined => {
  const broken = nameProblem(path, address);
  if (broken) return broken;
  if (!/^[^@]+@[^@]+$/.test(address)) return { path, value: address, kind: 'no-at' };
  if (/[\s<>,;:()]/.test(address)) return { path, value: address, kind: 'characters' };
  return undefined;
};

const examples: readonly RegExp[] = [
  /(^|[.@])example\.(com|net|org|co\.jp|jp)$/i,
  /(^|[.@-])(your|my)[-_ ]?(company|domain|server|mail|smtp|imap|host|name|user(name)?|address|email)/i,
  /^(smtp|imap|pop3?|mail)\.(your|domain|company|server|host|provider)\b/i,
  /^(user(name)?|login|account|email|address|host(name)?|server)$/i,
  /(^|[.@])(domain|company|yourdomain|mydomain)\.(com|net|org|jp|co\.jp|tld)$/i,
  /change[-_ ]?me|todo|xxx+|placeholder|<[^>]+>|\$\{|\{\{/i,
  /サンプル|例[:：]|ここに/u,
];

export const placeholderIn = (path: string, value: string): { path: string; value: string } | undefined =>
  examples.some((pattern) => pattern.test(value)) ? { path, value } : undefined;
