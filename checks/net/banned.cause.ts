import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { doors, servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { grouped } from '../auth/grouped.ts';
import { saysSo } from '../auth/refusals.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { placesIn } from '../dns/host-facts.ts';
import { logTime } from '../logs/log-words.ts';
import { closedServices, contactsText } from './contacts.ts';

interface Detail {
  readonly host: string;
  readonly places: readonly Place[];
  /** The server's words where it says so itself. */
  readonly says?: string;
  /** When a login was refused in an earlier run, while the ports were open. */
  readonly refusedAt?: string;
}

const inWords = (evidence: Evidence, subject: Subject): readonly Finding<Detail>[] =>
  saysSo('net.banned', evidence, subject).map(({ detail, ...finding }) => ({
    ...finding,
    detail: { host: detail.places[0]?.host ?? '', places: detail.places, says: detail.says },
  }));

/** All mail ports of a host closed at once, not long after it had refused a login through open ones. */
const byTime = (evidence: Evidence, subject: Subject): readonly Finding<Detail>[] => {
  const closed = closedServices(evidence, subject).filter(({ how }) => how !== 'denied-here' && how !== 'no-route');
  return grouped(closed, ({ service }) => service.host).flatMap((group) => {
    const [first] = group;
    const before = first?.fact.refusedBefore;
    if (!first || !before) return [];
    const onHost = servicesOf(subject).filter(({ host }) => host === first.service.host);
    if (onHost.length > group.length) return [];
    const isMail = (port: number) => Object.values(doors).some((list) => list.some((door) => door.port === port));
    const siblings = group.flatMap(({ fact }) => fact.siblings);
    // A ban holds for the mail ports together; one of them open is something else.
    if (siblings.some(({ port, connect }) => isMail(port) && connect.kind === 'open')) return [];
    const alive = siblings.some(({ port, connect }) => !isMail(port) && connect.kind === 'open');
    const services = group.map(({ service }) => service);
    return [
      {
        detail: { host: first.service.host, places: placesIn(services), refusedAt: before.at },
        severity: 'critical' as const,
        confidence: alive ? 0.85 : 0.72,
        affects: services.map(targetOf),
        evidence: [
          ...group.map((one) => ({ check: one.check, says: contactsText(one) })),
          {
            check: first.check,
            says: both(
              `at ${logTime(before.at)} the host still answered and refused a login: "${before.says}"`,
              `${logTime(before.at)} にはまだ応答しており、ログインを拒否していました:「${before.says}」`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'net.filtered',
            check: first.check,
            says: both(
              `the same ports were open at ${logTime(before.goodAt)}`,
              `同じポートが ${logTime(before.goodAt)} には開いていました`,
            ),
          },
        ],
      },
    ];
  });
};

export const banned = defineCause<Detail>({
  id: 'net.banned',
  title: both(
    'The server has banned this address after failed logins',
    'ログイン失敗が続いたため、接続元が一時的に遮断されています',
  ),
  about: both(
    'Servers watch for repeated failed logins and then shut out the address that they come from, on all their mail ports and for minutes to a day (fail2ban and the like). A CRM that keeps trying with an old password does this to itself. Everything looks like a firewall or a dead server until the ban is over, and the next failed login renews it.',
    'サーバーはログインの失敗が続くと、その接続元の IP アドレスを、数分から 1 日ほど、すべてのメール用ポートで遮断します（fail2ban など）。古いパスワードで接続し続ける CRM は、自らこの状態を招きます。遮断が終わるまでは、ファイアウォールやサーバー停止と同じように見え、次のログイン失敗でまた遮断されます。',
  ),
  owner: 'mail-admin',
  unless: ['config.malformed-value', 'dns.hosts-override', 'dns.split-horizon'],
  explain: (evidence, subject) => [...inWords(evidence, subject), ...byTime(evidence, subject)],
  because: ({ host, places, says, refusedAt }) => {
    const where = placesText(places);
    if (says !== undefined) {
      return both(
        `${host} shuts this address out for failed logins, at ${where.en}: "${says}".`,
        `${host} は、ログインの失敗を理由に、この接続元を遮断しています（${where.ja}）。応答は「${says}」です。`,
      );
    }
    const at = refusedAt === undefined ? '' : logTime(refusedAt);
    return both(
      `None of the mail ports of ${host} answers any more (${where.en}). An earlier run reached them and was refused a login at ${at}. So the server has most likely banned this address for a time.`,
      `${host} のメール用ポートが、どれも応答しなくなりました（${where.ja}）。以前の検査では接続でき、${at} にログインを拒否されています。そのため、この接続元が一時的に遮断されている可能性が高いと考えられます。`,
    );
  },
  steps: ({ host }) => [
    both(
      'Stop every program that logs in with the old password first (the CRM, its scheduled jobs, other clients at this address).',
      'まず、古いパスワードでログインし続けているプログラム（CRM、その定期ジョブ、同じ接続元のほかのクライアント）をすべて止めます。',
    ),
    both(
      `Ask the administrator of ${host} to lift the ban (fail2ban-client status, then fail2ban-client set dovecot unbanip ADDRESS), or wait until it ends.`,
      `${host} の管理者に遮断の解除を依頼するか（fail2ban-client status で確認し、fail2ban-client set dovecot unbanip <IP アドレス>）、解除されるまで待ちます。`,
    ),
    both(
      'Enter the right password everywhere before the next login, then check again once.',
      '次にログインする前に、すべての場所に正しいパスワードを設定し、1 回だけ検査し直します。',
    ),
    both(
      'For the time after: ask for the address of the CRM to be excepted (fail2ban: ignoreip).',
      '再発防止のため、CRM の IP アドレスを除外対象（fail2ban の ignoreip）に加えてもらいます。',
    ),
  ],
});
