import type { PortFact } from '../model/contact-facts.ts';
import type { Service } from '../model/mailbox.ts';
import { connect } from './connect.ts';
import { deadlineIn } from './contact-clock.ts';
import { dialogueOf } from './contact-dialogue.ts';
import type { Kit } from './kit.ts';
import { open } from './lines.ts';
import { greetingOf } from './opening.ts';
import { printable } from './printable.ts';
import { proxyWay } from './web-proxy.ts';

/** Mail has no variable of its own: what leads out for TLS leads out for it. */
const variables = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;

/** An answer has more header lines than this only to keep us busy. */
const mostHeaders = 100;

/** Whether the proxy leads to the service (RFC 9110 9.3.6): what it answers to CONNECT, and who greets behind it. */
export const throughProxy = async (service: Service, kit: Kit, signal: AbortSignal): Promise<PortFact['proxy']> => {
  const way = proxyWay(variables, service, kit.env ?? {});
  if (way.kind !== 'proxy') return undefined;
  // Its password, where it has one, is left where it is.
  const proxy = { host: way.proxy.host, port: way.proxy.port };
  const at = `${proxy.host}:${proxy.port}`;
  const found = await kit.dns.lookup(proxy.host, signal);
  const [first] = found.kind === 'found' ? found.addresses : [];
  if (!first) return { at, kind: 'unreachable' };
  const { socket } = await connect({ ...proxy, address: first.address }, kit, signal);
  if (!socket) return { at, kind: 'unreachable' };
  const lines = open(socket);
  try {
    const host = service.host.includes(':') ? `[${service.host}]` : service.host;
    const door = `${host}:${service.port}`;
    lines.write(`CONNECT ${door} HTTP/1.1\r\nHost: ${door}\r\n\r\n`);
    const deadline = deadlineIn(kit.limits.connectMs + 1_000);
    const status = await lines.line(deadline, signal);
    if (status.kind !== 'line') return { at, kind: 'unreachable' };
    const said = printable(status.bytes.toString('latin1'));
    const code = Number(/^HTTP\/1\.[01] (\d{3})/.exec(said)?.[1]);
    if (Number.isNaN(code)) return { at, kind: 'no-proxy' };
    if (code < 200 || code > 299) return { at, kind: 'refused', says: said };
    for (let n = 0; n < mostHeaders; n += 1) {
      const header = await lines.line(deadline, signal);
      if (header.kind !== 'line') return { at, kind: 'refused', says: said };
      if (header.bytes.toString('latin1').trim() === '') break;
    }
    if (service.security === 'tls') return { at, kind: 'leads', says: said };
    const { greeting } = await greetingOf(lines, { asked: service.protocol, deadline, signal });
    const first = greeting.kind === 'greeted' && greeting.speaks === service.protocol ? greeting.lines[0] : undefined;
    if (first !== undefined) lines.write(dialogueOf(service, undefined).farewell);
    return first === undefined ? { at, kind: 'refused', says: said } : { at, kind: 'leads', says: first };
  } finally {
    lines.close();
  }
};
