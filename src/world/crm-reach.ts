import type { Socket } from 'node:net';
import type { AddressContact } from '../model/contact-facts.ts';
import type { CrmReach, PageReply, ReachDepth } from '../model/crm/reach.ts';
import type { CrmSubject } from '../model/crm/subject.ts';
import type { HostAddress, HostLookup } from '../model/dns-facts.ts';
import type { Http } from '../model/world.ts';
import { pageOf } from '../reason/web-page.ts';
import { otherPaths, sameProduct } from '../reason/web-products.ts';
import { connect } from './connect.ts';
import { createHttp } from './http.ts';
import type { Kit } from './kit.ts';
import { leave } from './lines.ts';
import { printable } from './printable.ts';
import { lookContext } from './tls-context.ts';
import { completionOf } from './tls-examination.ts';
import { look } from './tls-handshake.ts';
import { type ProxyWay, webProxyWay } from './web-proxy.ts';

/** At most so many addresses of each family. */
const mostPerFamily = 2;

const chosen = (lookup: HostLookup): readonly HostAddress[] => {
  if (lookup.kind === 'failed') return [];
  return [4, 6].flatMap((family) => lookup.addresses.filter((one) => one.family === family).slice(0, mostPerFamily));
};

interface Place {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

const placeOf = (text: string): Place | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || url.hostname === '' || url.username !== '') return undefined;
  const secure = url.protocol === 'https:';
  return {
    url,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    secure,
  };
};

/** Knocks at all addresses side by side; the first that opens is kept open for TLS. */
const knock = async (
  { host, port }: Place,
  addresses: readonly HostAddress[],
  kit: Kit,
  signal: AbortSignal,
): Promise<{ readonly contacts: readonly AddressContact[]; readonly socket?: Socket }> => {
  const all = await Promise.all(
    addresses.map(async ({ address, family }) => ({
      address,
      family,
      connection: await connect({ host, address, port }, kit, signal),
    })),
  );
  const [first, ...rest] = all.flatMap(({ connection: { socket } }) => (socket ? [socket] : []));
  for (const socket of rest) leave(socket);
  const contacts = all.map(({ address, family, connection }) => ({ address, family, connect: connection.result }));
  return { contacts, ...(first ? { socket: first } : {}) };
};

/** What the web server shows of itself in TLS, with the eyes of the mail checks; nothing is asked inside. */
const tlsOf = async (
  socket: Socket,
  { place: { host }, ca, kit, signal }: { place: Place; ca: string | undefined; kit: Kit; signal: AbortSignal },
): Promise<NonNullable<CrmReach['tls']>> => {
  const trust = ca === undefined ? {} : { ca };
  const context = await lookContext(trust);
  const seen = await look(socket, {
    protocol: 'smtp', // only for the words of who does not speak TLS
    host,
    trust,
    context,
    ms: kit.limits.stepMs,
    signal,
  });
  if (seen.socket) leave(seen.socket);
  leave(socket);
  const { handshake, sent } = seen;
  const untrusted = handshake.kind === 'done' && !handshake.trust.ok;
  return { handshake, ...(untrusted ? await completionOf(trust, sent, async () => [], signal) : {}) };
};

const pageAt = async (url: string, ca: string | undefined, http: Http, signal: AbortSignal): Promise<PageReply> => {
  const reply = await http.ask(
    { url, headers: { accept: 'text/html,*/*;q=0.5' }, ...(ca === undefined ? {} : { ca }) },
    signal,
  );
  if (reply.kind === 'failed') {
    const { at, code, says } = reply;
    // A way to another host is an answer too, and tells who sends there.
    if (at === 'redirect') {
      return {
        kind: 'page',
        page: pageOf('', { status: 302, url, contentType: '', location: printable(says), ms: reply.ms }),
      };
    }
    return { kind: 'failed', at, code, says };
  }
  const { body, status, contentType, server, authenticate, date, location, ms } = reply;
  const page = pageOf(body, {
    status,
    url: reply.url,
    contentType,
    ...(server === undefined ? {} : { server }),
    ...(authenticate === undefined ? {} : { asksFor: authenticate.split(' ')[0] ?? '' }),
    ...(date === undefined ? {} : { date }),
    ...(location === undefined ? {} : { location }),
    ms,
  });
  const { title, generator } = page;
  return {
    kind: 'page',
    page: {
      ...page,
      ...(title === undefined ? {} : { title: printable(title) }),
      ...(generator === undefined ? {} : { generator: printable(generator) }),
    },
  };
};

/** Where else on this host the product answers: under another path, or over the other of http and https. */
const elsewhereOf = async (
  { url, secure, port }: Place,
  { config: { type, ca } }: CrmSubject,
  { http, page }: { readonly http: Http; readonly page: PageReply | undefined },
  signal: AbortSignal,
): Promise<CrmReach['elsewhere']> => {
  const here = page?.kind === 'page' ? page.page.product : undefined;
  const isHere = here !== undefined && sameProduct(here.id, type);
  const path = url.pathname.replace(/\/+$/, '');
  const turned = secure || isHere ? undefined : `https://${port === 80 ? url.hostname : url.host}${path}`;
  const look = (bases: readonly (string | undefined)[]) =>
    Promise.all(
      bases
        .filter((base) => base !== undefined)
        .map(async (base) => ({ base, reply: await pageAt(`${base}/`, ca, http, signal) })),
    );
  // A page of the product may be one below its address; a product that shows it for every path is not elsewhere.
  const others = isHere ? (path === '' ? [] : ['']) : otherPaths(type, url.pathname);
  const near = await look([...others.map((other) => `${url.origin}${other}`), port === 80 ? turned : undefined]);
  // A port that answers without TLS does not speak it: asked with it, many a server waits in silence for more.
  const isClear = [page, ...near.map(({ reply }) => reply)].some(
    (reply) => reply?.kind === 'page' && reply.page.says !== 'wants-tls',
  );
  const far = port === 80 || isClear ? [] : await look([turned]);
  return [...near, ...far].flatMap(({ base, reply }) => {
    const product = reply.kind === 'page' && reply.page.status < 400 ? reply.page.product : undefined;
    return product && sameProduct(product.id, type) ? [{ url: base, name: product.name }] : [];
  });
};

/** Looks at the way to a CRM's web server without a login: its name, its doors, its certificate, its first page. */
export const createReach = (kit: Kit) => {
  const wayOf = (url: URL): ProxyWay => webProxyWay(url, kit.env ?? {});
  // A page is what the questions meet as well, so it takes the way that they take.
  const http = createHttp(kit, wayOf);
  return async (subject: CrmSubject, depth: ReachDepth, signal: AbortSignal): Promise<CrmReach> => {
    const { url, ca } = subject.config;
    const at = kit.clock.now().toISOString();
    const place = placeOf(url);
    if (!place) return { at, host: '', port: 0, secure: false, contacts: [], siblings: [], elsewhere: [] };
    const { host, port, secure } = place;
    const way = wayOf(place.url);
    const proxy = way.kind === 'proxy' ? way.proxy : undefined;
    const lookup = await kit.dns.lookup(host, signal);
    const dns = lookup.kind === 'failed' ? await kit.dns.query(host, 'A', signal) : undefined;
    const addresses = chosen(lookup);
    const { contacts, socket } = await knock(place, addresses, kit, signal);
    const [first] = addresses;
    const siblings =
      socket || !first || proxy
        ? []
        : await Promise.all(
            [80, 443]
              .filter((other) => other !== port)
              .map(async (other) => {
                const { result, socket: open } = await connect(
                  { host, address: first.address, port: other },
                  kit,
                  signal,
                );
                if (open) leave(open);
                return { port: other, connect: result };
              }),
          );
    if (socket && !secure) leave(socket);
    const tls = socket && secure ? await tlsOf(socket, { place, ca, kit, signal }) : undefined;
    const inClear =
      tls && tls.handshake.kind !== 'done'
        ? tls.handshake.kind === 'plain' ||
          (await pageAt(`http://${place.url.host}${place.url.port === '' ? ':443' : ''}/`, ca, http, signal)).kind ===
            'page'
        : undefined;
    const deeper = depth !== 'door' && (socket !== undefined || proxy !== undefined);
    const page = deeper ? await pageAt(`${url}/`, ca, http, signal) : undefined;
    const elsewhere = deeper && depth === 'around' ? await elsewhereOf(place, subject, { http, page }, signal) : [];
    return {
      at,
      host,
      port,
      secure,
      ...(proxy ? { proxy: `${proxy.host}:${proxy.port}` } : {}),
      lookup,
      ...(dns ? { dns } : {}),
      contacts,
      siblings,
      ...(tls ? { tls } : {}),
      ...(inClear === undefined ? {} : { inClear }),
      ...(page ? { page } : {}),
      elsewhere,
    };
  };
};
