import type { Security } from '../model/config.ts';
import type { DiscoveryAnswer, OfferedService } from '../model/discovery-facts.ts';
import { filledIn, mostServices, offeredHost, offeredName, offeredPort, offeredProtocol } from './offered.ts';
import { printable } from './printable.ts';
import { childrenOf, readXml, textOf, type XmlElement } from './xml.ts';

// draft-ietf-mailmaint-autoconfig: socketType. "TLS" is what some files write for "SSL".
const securities: Readonly<Record<string, Security>> = { ssl: 'tls', tls: 'tls', starttls: 'starttls', plain: 'none' };

const securityOf = (words: string | undefined): Security | undefined => {
  const word = words?.toLowerCase() ?? '';
  return Object.hasOwn(securities, word) ? securities[word] : undefined;
};

const passwordWays = new Set(['password-cleartext', 'plain', 'password-encrypted', 'secure', 'cram-md5']);

/** How one logs in, by the ways that the file lists; a password counts before OAuth, since it is what a CRM has. */
const loginOf = (server: XmlElement): OfferedService['login'] => {
  const ways = childrenOf(server, 'authentication').map(({ text }) => text.toLowerCase());
  if (ways.length === 0 || ways.some((way) => passwordWays.has(way))) return 'password';
  if (ways.includes('oauth2')) return 'oauth';
  return ways.includes('none') ? 'none' : 'other';
};

const serviceIn = (server: XmlElement, address: string): OfferedService | undefined => {
  const protocol = offeredProtocol(server.attributes.type);
  const host = offeredHost(filledIn(textOf(server, 'hostname') ?? '', address));
  const port = offeredPort(textOf(server, 'port'));
  const security = securityOf(textOf(server, 'socketType'));
  if (!protocol || host === undefined || port === undefined || !security) return undefined;
  const username = offeredName(textOf(server, 'username'), address);
  return {
    protocol,
    host,
    port,
    security,
    ...(username === undefined ? {} : { username }),
    login: loginOf(server),
  };
};

/** What an autoconfig file (`clientConfig`) offers to an address, in the order of the file. */
export const readAutoconfig = (text: string, address: string): DiscoveryAnswer['result'] => {
  const reading = readXml(text);
  if (reading.kind === 'unreadable') return { kind: 'unreadable', says: printable(reading.says) };
  const { root } = reading;
  if (root.name.toLowerCase() !== 'clientconfig') {
    return { kind: 'unreadable', says: printable(`<${root.name}> instead of <clientConfig>`) };
  }
  const [provider] = childrenOf(root, 'emailProvider');
  const servers = [...childrenOf(provider, 'incomingServer'), ...childrenOf(provider, 'outgoingServer')];
  const services = servers.flatMap((server) => serviceIn(server, address) ?? []).slice(0, mostServices);
  const name = textOf(provider, 'displayName');
  return { kind: 'found', ...(name === undefined ? {} : { name: printable(name).slice(0, 80) }), services };
};
