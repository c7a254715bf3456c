import { defineCause } from '../../src/model/cause.ts';
import { doors, targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { changeWords, toDoor } from '../config/door-changes.ts';
import { closedService, contactsText } from './contacts.ts';
import { reaches } from './reach.ts';

interface Detail {
  readonly host: string;
  readonly others: readonly string[];
}

const lost = (kind: string): boolean => kind === 'silent' || kind === 'unreachable';

export const submissionBlocked = defineCause<Detail>({
  id: 'net.submission-blocked',
  title: both('This network blocks port 25 (OP25B)', 'このネットワークでは 25 番ポートが遮断されています (OP25B)'),
  about: both(
    'Many internet and cloud providers block outgoing connections to port 25, on which mail servers talk to each other, as a measure against spam (OP25B, Outbound Port 25 Blocking). It is no fault of the mail server: port 25 of other servers cannot be reached from here either. Programs send through the submission port 587 or through 465, with a login.',
    '多くのインターネット回線やクラウドの事業者は、迷惑メール対策として、25 番ポート（メールサーバー同士が使うポート）への通信を遮断しています (OP25B, Outbound Port 25 Blocking)。メールサーバーの故障ではなく、ここからは他社のサーバーの 25 番ポートにも接続できません。プログラムからの送信には、SMTP 認証とともに 587 番（サブミッションポート）または 465 番を使います。',
  ),
  owner: 'user',
  claim: 'on-proof',
  unless: ['config.malformed-value'],
  explain: (evidence, subject) => {
    const { smtp } = subject.services;
    if (smtp?.port !== 25) return [];
    const closed = closedService(evidence, subject, smtp);
    if (!closed || closed.how === 'refused') return [];
    const { others25 } = closed.fact;
    const blocked = others25.filter(({ connect }) => lost(connect.kind));
    const reached = others25.some(({ connect }) => connect.kind === 'open' || connect.kind === 'refused');
    if (blocked.length === 0 || reached) return [];
    const others = blocked.map(({ host }) => host);
    return [
      {
        detail: { host: smtp.host, others },
        severity: 'critical',
        confidence: 0.92,
        affects: [targetOf(smtp)],
        evidence: [
          { check: closed.check, says: contactsText(closed) },
          {
            check: closed.check,
            says: both(
              `port 25 of ${others.join(', ')} cannot be reached from here either`,
              `${others.join('、')} の 25 番ポートにも、ここからは接続できません`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'net.filtered',
            check: closed.check,
            says: both(
              'it is not this server alone: other servers are cut off in the same way',
              'このサーバーだけでなく、ほかのサーバーの 25 番ポートも同じ状態です',
            ),
          },
        ],
      },
    ];
  },
  candidates: (_detail, subject) => {
    const { smtp } = subject.services;
    if (!smtp) return [];
    return doors.smtp.filter(({ port }) => port !== 25).map((door) => toDoor(smtp, subject, door));
  },
  works: (trial, subject) => reaches(trial, subject, 'smtp'),
  because: ({ host, others }, change) =>
    both(
      `Port 25 of ${host} cannot be reached, and neither can that of ${others.join(', ')}: this network blocks port 25. With ${changeWords(change)} the same server answers.`,
      `${host} の 25 番ポートに接続できず、${others.join('、')} の 25 番ポートにも接続できません。このネットワークが 25 番ポートを遮断しています。${changeWords(change)} に変更すると、同じサーバーに接続できることを確認しました。`,
    ),
  steps: (_detail, change) => [
    both(`Set ${changeWords(change)}.`, `${changeWords(change)} に変更します。`),
    both(
      'Set the same port and encryption in the CRM, and switch SMTP authentication on (user name and password).',
      'CRM にも同じポート番号と暗号化方式を設定し、SMTP 認証（ユーザー名とパスワード）を有効にします。',
    ),
    both(
      'If port 25 itself is needed: ask the provider of this network to open it (with clouds, by a request for this address).',
      '25 番ポートがどうしても必要な場合は、回線またはクラウドの事業者に解除を申請します。',
    ),
  ],
});
