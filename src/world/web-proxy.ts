import { addressBytes, holdsAddress } from '../reason/ip-network.ts';
import { isLoopback } from '../reason/loopback.ts';

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

/** How the environment wants a host to be reached. */
export type ProxyWay =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly proxy: WebProxy }
  /** By a proxy that is none for HTTP, or no address: past it would be past what somebody has laid down. */
  | { readonly kind: 'unusable'; readonly variable: string };

/** The first of these variables that says something counts; never this machine itself, nor what NO_PROXY lists. */
export const proxyWay = (
  variables: readonly string[],
  { host, port }: { readonly host: string; readonly port: number },
  environment: Environment,
): ProxyWay => {
  const variable = variables.find((name) => (environment[name] ?? '') !== '');
  const value = variable === undefined ? undefined : environment[variable];
  if (variable === undefined || value === undefined || isLoopback(host)) return { kind: 'direct' };
  const except = (environment.no_proxy ?? environment.NO_PROXY ?? '').split(/[\s,]+/);
  if (except.some((entry) => excepts(entry, bare(host), port))) return { kind: 'direct' };
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text)) return { kind: 'unusable', variable };
  const { protocol, hostname, port: at, username, password } = new URL(text);
  if (protocol !== 'http:' || hostname === '') return { kind: 'unusable', variable };
  const login = `${unescaped(username)}:${unescaped(password)}`;
  return {
    kind: 'proxy',
    proxy: {
      host: bare(hostname),
      port: at === '' ? 80 : Number(at),
      ...(username === '' ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
    },
  };
};

/** The same for an address of the web, each scheme with its own variables. */
export const webProxyWay = (url: URL, environment: Environment): ProxyWay => {
  const key = url.protocol === 'http:' ? 'http:' : 'https:';
  const port = Number(url.port || (key === 'http:' ? 80 : 443));
  return proxyWay(names[key], { host: url.hostname, port }, environment);
};

/** Where a request goes: without TLS to the proxy as a whole address; with it through a tunnel, which its agent makes. */
export const targetOf = (url: URL, proxy: WebProxy | undefined) =>
  proxy && url.protocol === 'http:'
    ? {
        hostname: proxy.host,
        port: proxy.port,
        path: url.href,
        headers: {
          host: url.host,
          ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }),
        },
      }
    : {
        hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: url.port || (url.protocol === 'http:' ? 80 : 443),
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host },
      };
