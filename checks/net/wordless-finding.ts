import type { Finding } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Change } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { grouped } from '../auth/grouped.ts';
import type { Place } from '../auth/words.ts';
import { both } from '../auth/words.ts';
import { changeWords } from '../config/door-changes.ts';
import { placesIn } from '../dns/host-facts.ts';
import type { Wordless } from './contacts.ts';
import { wordless } from './contacts.ts';

/** What the causes of a connection without a greeting name. */
export interface WordlessDetail {
  readonly host: string;
  readonly places: readonly Place[];
  readonly seconds: number;
}

const seen: Readonly<Record<Wordless['how'], (seconds: number) => Text>> = {
  silent: (seconds) => both(`connected, no word within ${seconds} s`, `接続後 ${seconds} 秒間、何も応答がありません`),
  closed: () => both('connected, then closed without a word', '接続後、何も応答しないまま切断されました'),
  reset: () => both('connected, then reset without a word', '接続後、何も応答しないままリセットされました'),
};

/** A changed setting that was proven to mend it is the cause, not the missing word. */
export const unlessSettings: readonly string[] = [
  'config.malformed-value',
  'config.security-mismatch',
  'config.protocol-mismatch',
  'config.wrong-port',
  'net.mtu-blackhole',
];

/** Services that end so, one finding a host: what closes one mail port of a host usually closes them all. */
export const wordlessFindings = (
  how: Wordless['how'],
  evidence: Evidence,
  subject: Subject,
): readonly Finding<WordlessDetail>[] =>
  grouped(
    servicesOf(subject).flatMap((service) => {
      const found = wordless(evidence, service);
      return found?.how === how ? [found] : [];
    }),
    ({ service }) => service.host,
  ).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const services = group.map(({ service }) => service);
    const secondsOf = ({ ms }: Wordless) => Math.round(ms / 1000);
    return [
      {
        detail: {
          host: first.service.host,
          places: placesIn(services),
          // Only the wait says something; how soon a connection was closed differs from run to run.
          seconds: how === 'silent' ? secondsOf(first) : 0,
        },
        severity: 'critical',
        confidence: 0.88,
        affects: services.map(targetOf),
        evidence: group.map((one) => ({ check: one.check, says: seen[how](secondsOf(one)) })),
        ruledOut: [
          {
            cause: 'net.refused',
            check: first.check,
            says: both('the connection itself is accepted', '接続自体は受け付けられています'),
          },
        ],
      },
    ];
  });

/** The way round, where one was found. */
export const detour = (change: readonly Change[]): Text =>
  change.length > 0
    ? both(
        ` With ${changeWords(change)} the service answers.`,
        `${changeWords(change)} に変更すると応答することを確認しました。`,
      )
    : both('', '');

export const detourSteps = (change: readonly Change[]): readonly Text[] =>
  change.length > 0
    ? [
        both(
          `Set ${changeWords(change)}, here and in the CRM; this works at once.`,
          `この設定ファイルと CRM の両方で、${changeWords(change)} に変更します。すぐに使えるようになります。`,
        ),
      ]
    : [];
