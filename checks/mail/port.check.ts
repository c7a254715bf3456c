import { defineCheck } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { AddressContact, PortFact } from '../../src/model/contact-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { fail, ok, okWith, warn } from '../../src/model/outcome.ts';
import type { Text } from '../../src/model/text.ts';
import type { World } from '../../src/model/world.ts';
import { serviceConfig } from './config.check.ts';
import { hostDns } from './dns.check.ts';
import { asNodeConnects } from './node-addresses.ts';
import { contactWorks, onService, perProtocol, protocolName, serviceIn, slowGreetingMs } from './service.ts';

export { contactWorks } from './service.ts';

const greetingSymptom = (contact: AddressContact, protocol: Protocol): Text => {
  const { greeting } = contact;
  switch (greeting?.kind) {
    case 'silent':
      return { en: 'connected, but the server says nothing', ja: '接続はできましたが、サーバーが何も応答しません' };
    case 'closed':
      return { en: 'the server closes the connection without a word', ja: 'サーバーが何も言わずに接続を閉じます' };
    case 'reset':
      return { en: 'the server resets the connection at once', ja: '接続した直後に切断（リセット）されます' };
    case 'flood':
      return { en: 'the server sends an endless line', ja: 'サーバーが終わりのない行を送り続けます' };
    default: {
      const line = greeting?.lines[0] ?? '';
      return greeting && greeting.speaks !== protocol
        ? {
            en: `this is not ${protocolName[protocol]}: "${line}"`,
            ja: `${protocolName[protocol]} ではない応答です:「${line}」`,
          }
        : { en: `the server turns us away: "${line}"`, ja: `サーバーに断られました:「${line}」` };
    }
  }
};

/** What is wrong with one address, in a few words. */
export const contactSymptom = (protocol: Protocol, contact: AddressContact): Text => {
  switch (contact.connect.kind) {
    case 'open':
      return greetingSymptom(contact, protocol);
    case 'refused':
      return { en: 'connection refused', ja: '接続が拒否されました' };
    case 'silent':
      return { en: 'no answer (timed out)', ja: '応答がありません（タイムアウト）' };
    case 'unreachable':
      return { en: `unreachable (${contact.connect.code})`, ja: `到達できません (${contact.connect.code})` };
    case 'not-tried':
      return { en: 'not tried: connection limit', ja: '接続回数の上限のため試していません' };
  }
};

/**
 * A server on this machine often listens on one of localhost's two addresses only, and clients go on to the other at once:
 * that is no fault of a network.
 */
const harmless = ({ address, connect }: AddressContact): boolean =>
  connect.kind === 'refused' && /^(127\.|::1$)/.test(address);

const judgeContacts = (protocol: Protocol, fact: PortFact, asNode: boolean): Verdict => {
  const { lookup, contacts } = fact;
  if (lookup.kind === 'failed') {
    return fail({ en: 'the host name does not resolve', ja: 'ホスト名の名前解決ができません' });
  }
  const good = contacts.filter((contact) => contactWorks(protocol, contact));
  const dead = contacts.find(
    (contact) => !contactWorks(protocol, contact) && (good.length === 0 || !harmless(contact)),
  );
  if (good.length === 0) {
    return dead ? fail(contactSymptom(protocol, dead)) : fail({ en: 'no address', ja: 'IP アドレスがありません' });
  }
  const node = asNode ? asNodeConnects(fact) : undefined;
  const [slow] = node && !node.connects ? node.tooSlow : [];
  if (slow) {
    return fail({
      en: `${slow.address} accepts later than Node.js waits, and no other address does`,
      ja: `${slow.address} の応答が Node.js の待ち時間より遅く、ほかに応答する IP アドレスがありません`,
    });
  }
  if (dead) {
    const why = contactSymptom(protocol, dead);
    return warn({ en: `${dead.address}: ${why.en}`, ja: `${dead.address}: ${why.ja}` });
  }
  const late = good.find(({ greeting }) => greeting?.kind === 'greeted' && greeting.ms > slowGreetingMs);
  if (late?.greeting) {
    const seconds = Math.round(late.greeting.ms / 1000);
    return warn({ en: `the greeting took ${seconds} s`, ja: `最初の応答に ${seconds} 秒かかりました` });
  }
  const [first] = good;
  const line = first?.greeting?.kind === 'greeted' ? first.greeting.lines[0] : undefined;
  return line === undefined ? ok : okWith({ en: line, ja: line });
};

/** A ban lasts minutes to a day; what is older than that explains nothing. */
const banMs = 24 * 3_600_000;

/** The text of a refused login in a fact of an earlier run, whose shape is that run's. */
const refusalIn = (fact: Readonly<Record<string, unknown>>): string | undefined => {
  const { login } = fact;
  if (typeof login !== 'object' || login === null || !('kind' in login) || login.kind !== 'refused') return undefined;
  const reply = 'reply' in login ? login.reply : undefined;
  return typeof reply === 'object' && reply !== null && 'text' in reply ? String(reply.text).slice(0, 300) : '';
};

/** The newest earlier run in which a service of this host refused a login, if the port was reached then. */
const refusedBefore = async (
  service: Service,
  subject: Subject,
  { history, clock }: World,
): Promise<PortFact['refusedBefore']> => {
  const good = await history.lastGood('mail.port', subject.label, targetOf(service));
  if (!good) return undefined;
  const onHost = servicesOf(subject).filter(({ host }) => host === service.host);
  const logins = await Promise.all(
    onHost.map(async (other) => {
      const last = await history.last(`mail.${other.protocol}-auth`, subject.label, targetOf(other));
      const says = last && refusalIn(last.fact);
      return last && says !== undefined ? [{ at: last.at, protocol: other.protocol, says }] : [];
    }),
  );
  const [newest] = logins.flat().toSorted((left, right) => (left.at < right.at ? 1 : -1));
  if (!newest || good.at < newest.at) return undefined;
  const age = clock.now().getTime() - Date.parse(newest.at);
  return age >= 0 && age <= banMs ? { ...newest, goodAt: good.at } : undefined;
};

/** Every address of one service: open, closed, silent, rejected, and who greets. */
export const mailPort = perProtocol((protocol) =>
  defineCheck<PortFact>({
    id: 'mail.port',
    title: {
      en: `The ${protocolName[protocol]} port answers`,
      ja: `${protocolName[protocol]} のポートが応答する`,
    },
    needs: [serviceConfig[protocol], hostDns[protocol]],
    ...onService(protocol),
    probe: async (subject, world, signal) => {
      const service = serviceIn(subject, protocol);
      const fact = await world.mail.port(service, subject, signal);
      if (fact.contacts.length === 0 || fact.contacts.some(({ connect }) => connect.kind === 'open')) return fact;
      const before = await refusedBefore(service, subject, world);
      return before ? { ...fact, refusedBefore: before } : fact;
    },
    // Only where it was said that the CRM runs on Node.js; the default of `as` says nothing of its connections.
    judge: (fact, subject) => judgeContacts(protocol, fact, subject.config.as === 'node'),
  }),
);
