import type { CrmFailure } from '../../src/model/crm/failure.ts';
import type { CrmReach, WebPage } from '../../src/model/crm/reach.ts';
import { sameProduct } from '../../src/reason/web-products.ts';
import { clockApart } from './clock-apart.ts';
import type { CrmConnectFact } from './connect.check.ts';
import { type WebTlsFault, webTlsFault, webTlsOf } from './web-certificate.ts';

/** Every root of "we cannot get into the CRM". */
export type ConnectRoot =
  | 'config.malformed-value'
  | 'clock.skewed'
  | 'dns.no-such-host'
  | 'dns.server-failure'
  | 'net.refused'
  | 'net.filtered'
  | WebTlsFault
  | 'crm.unreachable'
  | 'crm.auth-failed'
  | 'crm.key-expired'
  | 'crm.locked-out'
  | 'crm.wrong-database'
  | 'crm.permission'
  | 'crm.rate-limited'
  | 'crm.api-disabled'
  | 'crm.login-page'
  | 'crm.redirected'
  | 'crm.wrong-url'
  | 'crm.maintenance'
  | 'crm.server-error'
  | 'crm.answer-broken';

/** Products whose logins carry a time: a token of another time is refused like a wrong one. */
const timed = ['salesforce', 'dynamics', 'zoho', 'suitecrm', 'hubspot', 'twenty'];

export const loginIsTimed = ({ type }: Pick<CrmConnectFact, 'type'>): boolean =>
  timed.some((id) => sameProduct(id, type));

export const pageIn = (reach: CrmReach | undefined): WebPage | undefined =>
  reach?.page?.kind === 'page' ? reach.page.page : undefined;

/** Somebody else's login or block stands in front of the CRM. */
export const standsInFront = (page: WebPage | undefined): boolean =>
  page?.product?.is === 'sign-on' ||
  page?.product?.is === 'gate' ||
  (page?.status === 401 && page.asksFor !== undefined);

/** Behind a proxy it is the proxy that looks the name up; a network that has one often knows no names of the outside. */
const dnsRoot = ({ dns, proxy }: CrmReach): ConnectRoot | undefined => {
  if (!dns || proxy !== undefined) return undefined;
  if (dns.kind !== 'answered') return 'dns.server-failure';
  if (dns.rcode === 'NXDOMAIN') return 'dns.no-such-host';
  return dns.rcode === 'NOERROR' ? undefined : 'dns.server-failure';
};

/** Behind a proxy our own knocking tells nothing of the way that the questions take. */
const doorRoot = ({ contacts, proxy }: CrmReach): ConnectRoot | undefined => {
  if (proxy !== undefined || contacts.length === 0) return undefined;
  const how = new Set(contacts.map(({ connect }) => connect.kind));
  if (how.size === 1 && how.has('refused')) return 'net.refused';
  return how.size === 1 && how.has('silent') ? 'net.filtered' : undefined;
};

const onTheWay = (fact: CrmConnectFact, { kind }: CrmFailure): ConnectRoot => {
  const { reach } = fact;
  if (reach) {
    const deeper = dnsRoot(reach) ?? doorRoot(reach);
    if (deeper) return deeper;
    const tls = webTlsOf(fact);
    const fault = tls && webTlsFault(tls);
    if (fault) return fault;
    if (reach.inClear === true || pageIn(reach)?.says === 'wants-tls') return 'crm.wrong-url';
  }
  return kind === 'timeout' ? 'crm.answer-broken' : 'crm.unreachable';
};

/** HTTP answered, and not as this CRM's API does. */
const notTheApi = ({ type, reach }: CrmConnectFact, { kind, location }: CrmFailure): ConnectRoot => {
  const page = pageIn(reach);
  if (page?.says === 'maintenance') return 'crm.maintenance';
  if (page?.says === 'wants-tls') return 'crm.wrong-url';
  if (standsInFront(page)) return 'crm.login-page';
  const stranger = page?.product !== undefined && !sameProduct(page.product.id, type);
  if (stranger || location !== undefined || (reach && reach.elsewhere.length > 0)) return 'crm.wrong-url';
  if (kind === 'login-page') return 'crm.login-page';
  return kind === 'malformed' ? 'crm.answer-broken' : 'crm.wrong-url';
};

/** What can be seen of a secret without knowing it. */
export const secretFault = ({
  secret,
}: Pick<CrmConnectFact, 'secret'>): 'empty' | 'placeholder' | 'blanks' | 'control' | undefined => {
  if (!secret) return undefined;
  if (secret.empty) return 'empty';
  if (secret.placeholder) return 'placeholder';
  if (secret.controlCharacters) return 'control';
  return secret.outerBlanks ? 'blanks' : undefined;
};

const credentials = (fact: CrmConnectFact, { kind }: CrmFailure): ConnectRoot => {
  if (secretFault(fact) !== undefined) return 'config.malformed-value';
  if (loginIsTimed(fact) && clockApart(fact) !== undefined) return 'clock.skewed';
  if (kind === 'key-expired') return 'crm.key-expired';
  return standsInFront(pageIn(fact.reach)) ? 'crm.login-page' : 'crm.auth-failed';
};

/** The one root of what went wrong; nothing where we are in. */
export const connectRoot = (fact: CrmConnectFact): ConnectRoot | undefined => {
  if (fact.reply.kind !== 'failed') return undefined;
  const { failure } = fact.reply;
  switch (failure.kind) {
    case 'config':
      return 'config.malformed-value';
    case 'unreachable':
      if (failure.at === 'url' || fact.reach?.host === '') return 'config.malformed-value';
      return onTheWay(fact, failure);
    case 'tls':
    case 'timeout':
      return onTheWay(fact, failure);
    case 'redirected':
      return standsInFront(pageIn(fact.reach)) ? 'crm.login-page' : 'crm.redirected';
    case 'login-page':
    case 'not-this-crm':
    case 'not-found':
    case 'malformed':
      return notTheApi(fact, failure);
    case 'auth':
    case 'key-expired':
      return credentials(fact, failure);
    case 'clock':
      return 'clock.skewed';
    case 'api-off':
      return 'crm.api-disabled';
    case 'locked-out':
      return 'crm.locked-out';
    case 'wrong-database':
      return 'crm.wrong-database';
    case 'permission':
      return 'crm.permission';
    case 'rate-limited':
      return 'crm.rate-limited';
    case 'maintenance':
      return 'crm.maintenance';
    case 'server-error':
      return pageIn(fact.reach)?.says === 'maintenance' ? 'crm.maintenance' : 'crm.server-error';
    case 'too-large':
      return 'crm.answer-broken';
  }
};
