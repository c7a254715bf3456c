import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { AddressContact, PortFact } from '../../src/model/contact-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { grouped } from '../auth/grouped.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { changeWords } from '../config/door-changes.ts';
import { placesIn } from '../dns/host-facts.ts';
import { asNodeConnects, nodeAttemptMs } from '../mail/node-addresses.ts';
import { mailPort } from '../mail/port.check.ts';
import { familyCandidates } from './family-candidates.ts';

interface Detail {
  readonly host: string;
  readonly places: readonly Place[];
  readonly slow: readonly string[];
  readonly slowFamily: 4 | 6;
  readonly dead: readonly string[];
  readonly ms: number;
}

interface Seen {
  readonly service: Service;
  readonly fact: PortFact;
  readonly slow: readonly AddressContact[];
}

const msOf = ({ connect }: AddressContact): number => (connect.kind === 'open' ? connect.ms : 0);

const seenBy = (evidence: Evidence, subject: Subject): readonly Seen[] =>
  servicesOf(subject).flatMap((service): readonly Seen[] => {
    const fact = evidence.fact(mailPort[service.protocol]);
    if (!fact) return [];
    const { connects, tooSlow } = asNodeConnects(fact);
    return connects || tooSlow.length === 0 ? [] : [{ service, fact, slow: tooSlow }];
  });

export const happyEyeballsTooShort = defineCause<Detail>({
  id: 'net.happy-eyeballs-too-short',
  title: both('Node.js gives up on the address before it can answer', 'Node.js が、応答が届く前に接続をあきらめます'),
  about: both(
    'Where a host has several addresses, Node.js (the runtime of the CRM) tries one after another and gives each but the last only 250 ms ("happy eyeballs"). Here the way to the server takes longer than that, and the address that is tried last does not answer at all. So the CRM cannot connect, often with an AggregateError without text, while programs that wait longer can.',
    'ホストに複数の IP アドレスがあると、Node.js（CRM の実行環境）は順番に試し、最後の 1 つを除いて 250 ミリ秒しか待ちません（Happy Eyeballs という仕組み）。このサーバーまでの往復にはそれより長くかかり、最後に試される IP アドレスはまったく応答しません。そのため CRM は接続できず、本文のない AggregateError だけが残ることもあります。もっと長く待つプログラムなら接続できます。',
  ),
  owner: 'crm-admin',
  unless: ['config.malformed-value'],
  explain: (evidence, subject) => {
    if (subject.config.as !== 'node') return [];
    return grouped(seenBy(evidence, subject), ({ service }) => service.host).flatMap((group) => {
      const [first] = group;
      const [slowest] = first?.slow ?? [];
      if (!first || !slowest) return [];
      const services = group.map(({ service }) => service);
      const dead = first.fact.contacts.filter(({ connect }) => connect.kind !== 'open').map(({ address }) => address);
      return [
        {
          detail: {
            host: first.service.host,
            places: placesIn(services),
            slow: first.slow.map(({ address }) => address),
            slowFamily: slowest.family,
            dead,
            ms: Math.min(...group.flatMap(({ slow }) => slow.map(msOf))),
          },
          severity: 'critical' as const,
          confidence: 0.88,
          affects: services.map(targetOf),
          evidence: group.flatMap(({ service, slow }) =>
            slow.map((contact) => ({
              check: mailPort[service.protocol],
              says: both(
                `${contact.address} accepts after ${msOf(contact)} ms, Node.js waits ${nodeAttemptMs} ms`,
                `${contact.address} への接続には ${msOf(contact)} ミリ秒かかります（Node.js が待つのは ${nodeAttemptMs} ミリ秒）`,
              ),
            })),
          ),
          ruledOut: [
            {
              cause: 'net.filtered',
              check: mailPort[first.service.protocol],
              says: both(`${slowest.address} does answer to who waits`, `${slowest.address} は、待てば応答します`),
            },
          ],
        },
      ];
    });
  },
  candidates: ({ slowFamily }, subject) => familyCandidates(slowFamily, subject),
  works: (trial, subject, { places }) =>
    places.every(({ protocol }) => {
      const fact = subject.services[protocol] && trial.fact(mailPort[protocol]);
      return fact !== undefined && fact.contacts.length > 0 && asNodeConnects(fact).connects;
    }),
  because: ({ host, places, slow, dead, ms }, change) => {
    const where = placesText(places);
    const way =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} it connects.`,
            `${changeWords(change)} にすると接続できることを確認しました。`,
          )
        : both('', '');
    return both(
      `${slow.join(', ')} of ${host} accepts connections after ${ms} ms, longer than the ${nodeAttemptMs} ms of Node.js, and ${dead.join(', ')}, which Node.js tries last, does not answer. So a CRM on Node.js does not reach ${where.en}.${way.en}`,
      `${host} の ${slow.join('、')} は接続に ${ms} ミリ秒かかり、Node.js の待ち時間 ${nodeAttemptMs} ミリ秒を超えます。Node.js が最後に試す ${dead.join('、')} は応答しません。そのため、Node.js で動く CRM は ${where.ja} に接続できません。${way.ja}`,
    );
  },
  steps: ({ host, slowFamily, dead }, change) => [
    ...(change.length > 0
      ? [
          both(
            `Set ${changeWords(change)}, and in the CRM let its mail connections use IPv${slowFamily} only (nodemailer and imapflow: family: ${slowFamily}).`,
            `${changeWords(change)} に変更し、CRM でもメールの接続に IPv${slowFamily} だけを使うようにします（nodemailer や imapflow では family: ${slowFamily}）。`,
          ),
        ]
      : []),
    both(
      'Or start the CRM with NODE_OPTIONS=--network-family-autoselection-attempt-timeout=2000.',
      'または、NODE_OPTIONS=--network-family-autoselection-attempt-timeout=2000 を付けて CRM を起動します。',
    ),
    both(
      `Repair the address that does not answer (${dead.join(', ')}), or remove it from the DNS records of ${host}.`,
      `応答しない IP アドレス（${dead.join('、')}）を復旧するか、${host} の DNS レコードから外します。`,
    ),
    both('Restart the CRM and check again.', 'CRM を再起動してから、もう一度検査します。'),
  ],
});
