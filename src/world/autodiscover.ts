import type { Security } from '../model/config.ts';
import type { DiscoveryAnswer, OfferedService } from '../model/discovery-facts.ts';
import { doorOf } from '../model/mailbox.ts';
import { mostServices, offeredHost, offeredName, offeredPort, offeredProtocol } from './offered.ts';
import { printable } from './printable.ts';
import { childrenOf, readXml, textOf, type XmlElement } from './xml.ts';

const requestSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';
const responseSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The question of MS-OXDSCLI 2.2.3: the address, and nothing else of the user. */
export const autodiscoverRequest = (address: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${requestSchema}"><Request><EMailAddress>${escaped(address)}</EMailAddress><AcceptableResponseSchema>${responseSchema}</AcceptableResponseSchema></Request></Autodiscover>`;

/** What a server answers, and where it sends the asker. */
export type Autodiscovered =
  | DiscoveryAnswer['result']
  | { readonly kind: 'redirect-url'; readonly url: string }
  | { readonly kind: 'redirect-address'; readonly address: string };

/** MS-OXDSCLI 2.2.4.1.1.2.6.13: Encryption is stronger than SSL, and "on" is the default; a standard port knows better. */
const securityOf = (protocol: OfferedService['protocol'], port: number, element: XmlElement): Security => {
  const encryption = textOf(element, 'Encryption')?.toLowerCase();
  const ssl = textOf(element, 'SSL')?.toLowerCase();
  if (encryption === 'none' || (encryption === undefined && ssl === 'off')) return 'none';
  const standard = doorOf(protocol, { port }).security;
  const known = [25, 110, 143, 465, 587, 993, 995].includes(port);
  if (known) return standard;
  return encryption === 'tls' ? 'starttls' : 'tls';
};

const standardPorts = { smtp: 587, imap: 993, pop3: 995 } as const;

const serviceIn = (element: XmlElement, address: string): OfferedService | undefined => {
  const protocol = offeredProtocol(textOf(element, 'Type') ?? element.attributes.Type);
  const host = offeredHost(textOf(element, 'Server') ?? '');
  if (!protocol || host === undefined) return undefined;
  const said = textOf(element, 'Port');
  const port = said === undefined ? standardPorts[protocol] : offeredPort(said);
  if (port === undefined) return undefined;
  const username = offeredName(textOf(element, 'LoginName'), address);
  const anonymous = textOf(element, 'AuthRequired')?.toLowerCase() === 'off';
  return {
    protocol,
    host,
    port,
    security: securityOf(protocol, port, element),
    ...(username === undefined ? {} : { username }),
    login: anonymous ? 'none' : textOf(element, 'SPA')?.toLowerCase() === 'on' ? 'other' : 'password',
  };
};

/** What an Autodiscover response (POX) offers; only IMAP, POP3 and SMTP are of use to a CRM. */
export const readAutodiscover = (text: string, address: string): Autodiscovered => {
  const reading = readXml(text);
  if (reading.kind === 'unreadable') return { kind: 'unreadable', says: printable(reading.says) };
  const { root } = reading;
  if (root.name.toLowerCase() !== 'autodiscover') {
    return { kind: 'unreadable', says: printable(`<${root.name}> instead of <Autodiscover>`) };
  }
  const [response] = childrenOf(root, 'Response');
  const [error] = childrenOf(response, 'Error');
  if (error) return { kind: 'none', code: printable(`error ${textOf(error, 'ErrorCode') ?? ''}`.trim()).slice(0, 80) };
  const [account] = childrenOf(response, 'Account');
  const action = textOf(account, 'Action')?.toLowerCase();
  if (action === 'redirecturl') return { kind: 'redirect-url', url: textOf(account, 'RedirectUrl') ?? '' };
  if (action === 'redirectaddr') return { kind: 'redirect-address', address: textOf(account, 'RedirectAddr') ?? '' };
  const services = childrenOf(account, 'Protocol')
    .flatMap((element) => serviceIn(element, address) ?? [])
    .slice(0, mostServices);
  return { kind: 'found', services };
};
