import type { Protocol, Security } from '../model/config.ts';
import type { HostCandidate } from '../model/dns-facts.ts';
import type { Text } from '../model/text.ts';
import { providers } from './providers.ts';

/** One door of a provider. `{mx}` in the host stands for the host that takes the domain's mail, `{domain}` for the domain. */
export interface ProviderService {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly security: Exclude<Security, 'none'>;
  /** The form of the login name; `other`: a name of its own that no address tells. */
  readonly username: 'address' | 'local-part' | 'other';
}

/** What one mail provider asks of its users, as of a day. Every row is tried before anything of it is believed. */
export interface Provider {
  readonly id: string;
  readonly name: Text;
  /** The ends of names by which its servers are known: MX, the reverse name of an address, an alias. */
  readonly servers: readonly string[];
  /** … but not by these: machines that it rents out, with mail servers of their own. */
  readonly notServers?: readonly string[];
  /** Domains of its own addresses. */
  readonly domains: readonly string[];
  /** Best first. */
  readonly services: readonly ProviderService[];
  /** What a program logs in with. */
  readonly login: 'password' | 'app-password' | 'oauth' | 'oauth-or-app-password' | 'authorisation-code';
  /** What surprises there: switches, limits, refusals. */
  readonly note?: Text;
  /** Where the row was read, and when. */
  readonly source: string;
  readonly asOf: string;
  /** False: put together from what others wrote; a guess to try. */
  readonly sure: boolean;
}

const endsIn = (name: string, end: string): boolean => name === end || name.endsWith(`.${end}`);

const clean = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const isServerOf = ({ servers, notServers = [] }: Provider, name: string): boolean =>
  servers.some((end) => endsIn(name, end)) && !notServers.some((end) => endsIn(name, end));

/** A provider and the server by which it was recognised, where it was one. */
export interface KnownProvider {
  readonly provider: Provider;
  readonly server?: string;
}

/** Whose mailbox this is: by the domain of the address, else by the first of these names that is a provider's server. */
export const providerOf = (domain: string, servers: readonly string[]): KnownProvider | undefined => {
  const own = providers.find(({ domains }) => domains.some((one) => endsIn(clean(domain), one)));
  if (own) return { provider: own };
  for (const server of servers.map(clean)) {
    const provider = providers.find((one) => isServerOf(one, server));
    if (provider) return { provider, server };
  }
  return undefined;
};

/** The provider that a server belongs to. */
export const providerOfServer = (host: string): Provider | undefined =>
  providers.find(
    (one) =>
      isServerOf(one, clean(host)) ||
      one.services.some((service) => !service.host.startsWith('{') && service.host === clean(host)),
  );

/** The login name in a provider's form; nothing where it cannot be told from the address. */
export const nameInForm = (form: ProviderService['username'], address: string): string | undefined => {
  if (form === 'other') return undefined;
  return form === 'address' ? address : address.slice(0, address.lastIndexOf('@'));
};

/** A provider's doors for one address. */
export const providerCandidates = (
  { provider, server }: KnownProvider,
  address: string,
): Readonly<Record<Protocol, readonly HostCandidate[]>> => {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const of = (protocol: Protocol): readonly HostCandidate[] =>
    provider.services.flatMap((service): readonly HostCandidate[] => {
      if (service.protocol !== protocol || (service.host.includes('{mx}') && server === undefined)) return [];
      const host = service.host.replaceAll('{mx}', server ?? '').replaceAll('{domain}', domain);
      const username = nameInForm(service.username, address);
      return [
        {
          host,
          port: service.port,
          security: service.security,
          ...(username === undefined ? {} : { username }),
          ...(provider.login === 'oauth' ? { oauth: true as const } : {}),
          from: 'provider',
        },
      ];
    });
  return { smtp: of('smtp'), imap: of('imap'), pop3: of('pop3') };
};
