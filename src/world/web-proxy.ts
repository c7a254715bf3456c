import { addressBytes, holdsAddress } from '../reason/ip-network.ts';
import { isLoopback } from './loopback.ts';

/** The proxy that the environment names for an address of the web. */
export interface WebProxy {
  readonly host: string;
  readonly port: number;
  /** Proxy-Authorization, where the environment gives a login; never printed. */
  readonly authorization?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const names = {
  'http:': ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
} as const;

const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();

/** One entry of NO_PROXY: `*`, a name with everything below it, an address, a network, each with a port or without. */
const excepts = (entry: string, host: string, port: number): boolean => {
  if (entry === '*') return true;
  const [, name = '', only] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [undefined, entry];
  if (only !== undefined && Number(only) !== port) return false;
  const plain = bare(name).replace(/^\*?\./, '');
  if (plain === '') return false;
  const address = addressBytes(host);
  if (address) return holdsAddress(plain, address);
  return host === plain || host.endsWith(`.${plain}`);
};

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Where a request goes through, or nothing: this machine itself, NO_PROXY, no proxy, or one that is none for HTTP. */
export const webProxyFor = (url: URL, environment: Environment): WebProxy | undefined => {
  if (isLoopback(url.hostname)) return undefined;
  const key = url.protocol === 'http:' ? 'http:' : 'https:';
  const value = names[key].map((name) => environment[name]).find((one) => one !== undefined && one !== '');
  if (value === undefined) return undefined;
  const except = (environment.no_proxy ?? environment.NO_PROXY ?? '').split(/[\s,]+/);
  const port = Number(url.port || (key === 'http:' ? 80 : 443));
  if (except.some((entry) => excepts(entry, bare(url.hostname), port))) return undefined;
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port: at, username, password } = new URL(text);
  if (protocol !== 'http:' || hostname === '') return undefined;
  const login = `${unescaped(username)}:${unescaped(password)}`;
  return {
    host: bare(hostname),
    port: at === '' ? 80 : Number(at),
    ...(username === '' ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
  };
};
