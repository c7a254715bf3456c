import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { protocolName } from '../mail/service.ts';
import { submissionDoors } from './doors.ts';
import { noWaysIn } from './mechanisms.ts';
import { firstPlace, loginCheck, placeOf, saysSo } from './refusals.ts';
import type { Place } from './words.ts';
import { both } from './words.ts';

interface NotOffered {
  readonly places: readonly Place[];
  readonly insideTls: boolean;
  /** The refusal, where the server was asked all the same. */
  readonly says?: string;
}

const explain = (evidence: Evidence, subject: Subject): readonly Finding<NotOffered>[] => [
  ...saysSo('auth.not-offered', evidence, subject).map((finding) => ({
    ...finding,
    detail: {
      places: finding.detail.places,
      insideTls: subject.services[firstPlace(finding.detail).protocol]?.security !== 'none',
      says: finding.detail.says,
    },
  })),
  ...noWaysIn(evidence, subject)
    .filter(({ kind }) => kind === 'none')
    .map(({ service }): Finding<NotOffered> => {
      const insideTls = service.security !== 'none';
      return {
        detail: { places: [placeOf(service)], insideTls },
        severity: 'critical',
        confidence: 0.9,
        affects: [targetOf(service)],
        evidence: [
          {
            check: loginCheck[service.protocol],
            says: insideTls
              ? both('offers no login, not even inside TLS', '暗号化後も、ログイン方式が 1 つも提示されません')
              : both('offers no login', 'ログイン方式が 1 つも提示されません'),
          },
        ],
        ruledOut: insideTls
          ? [
              {
                cause: 'auth.requires-tls',
                check: loginCheck[service.protocol],
                says: both('the connection is encrypted already', '接続はすでに暗号化されています'),
              },
            ]
          : [],
      };
    }),
];

export const notOffered = defineCause<NotOffered>({
  id: 'auth.not-offered',
  title: both('The server offers no login on this port', 'このポートではログイン (AUTH) ができません'),
  about: both(
    'A mail server lists in its capabilities (the answer to EHLO) whether it takes a login, by the word AUTH. Port 25 is meant for servers that deliver to each other and often has none. Programs that send with a login use the submission ports: 587 (STARTTLS, encryption that starts midway) or 465 (TLS from the start).',
    'メールサーバーは、EHLO への応答（対応機能の一覧）の AUTH という語で、ログインを受け付けるかどうかを示します。25 番ポートはサーバー同士の配送用で、ログインを受け付けないことがよくあります。ログインして送信するプログラムは、サブミッションポート（送信専用の入口）の 587 番（STARTTLS＝途中から暗号化）か 465 番（最初から暗号化）を使います。',
  ),
  unless: ['config.wrong-port', 'auth.pop-before-smtp'],
  explain,
  candidates: (detail, subject) => {
    const { protocol } = firstPlace(detail);
    const service = subject.services[protocol];
    return service ? submissionDoors(service) : [];
  },
  owner: (detail) => (firstPlace(detail).port === 25 ? 'user' : 'mail-admin'),
  because: (detail, change) => {
    const { protocol, host, port } = firstPlace(detail);
    const name = protocolName[protocol];
    const why =
      detail.says === undefined
        ? both('none is in its list of capabilities', '対応機能の一覧にログイン方式がありません')
        : both(`it says "${detail.says}"`, `サーバーの応答は「${detail.says}」です`);
    const inside = detail.insideTls ? both(', not even inside TLS', '（暗号化後も同じです）') : both('', '');
    const door = change.find(({ path }) => path.endsWith('.port'))?.to;
    const works =
      door === undefined
        ? both('', '')
        : both(
            ` On port ${door} the same login works.`,
            `${door} 番ポートでは、同じユーザー名とパスワードでログインできました。`,
          );
    return both(
      `${name} on ${host}:${port} takes no login${inside.en}: ${why.en}.${works.en}`,
      `${host}:${port} (${name}) はログインを受け付けません${inside.ja}。${why.ja}。${works.ja}`,
    );
  },
  steps: (detail, change) => {
    const { host, port, protocol } = firstPlace(detail);
    const door = change.find(({ path }) => path.endsWith('.port'))?.to;
    if (door !== undefined) {
      return [
        both(
          `Set the port of the outgoing server in the CRM from ${port} to ${door}.`,
          `CRM の送信サーバーのポートを ${port} から ${door} に変更します。`,
        ),
        both(
          `Choose ${door === 465 ? 'SSL/TLS' : 'STARTTLS'} as its encryption.`,
          `暗号化方式は ${door === 465 ? '「SSL/TLS」' : '「STARTTLS」'}を選びます。`,
        ),
      ];
    }
    return [
      both(
        `Ask the administrator of ${host} which port takes logins (usually ${protocol === 'smtp' ? '587 or 465' : 'the encrypted one'}).`,
        `${host} の管理者に、ログインできるポート（通常は${protocol === 'smtp' ? ' 587 または 465' : '暗号化用のポート'}）を確認します。`,
      ),
      both(
        'On your own Postfix, set smtpd_sasl_auth_enable=yes for the submission service in master.cf, and reload.',
        '自社の Postfix の場合は、master.cf の submission に smtpd_sasl_auth_enable=yes を設定し、再読み込みします。',
      ),
    ];
  },
});
