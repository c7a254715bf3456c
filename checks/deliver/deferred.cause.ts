import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { type Logged, logSentence, orFromLogs } from '../logs/log-says.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { acceptedTrip, reasonOf, reportOf, saysOf } from './trip-words.ts';

interface Reported {
  readonly kind: 'report';
  readonly address: string;
  readonly by: string;
  readonly remote: string;
  readonly status: string;
  readonly says: string;
  readonly until: string;
  readonly reason?: string;
}

const reported = (evidence: Evidence, subject: Subject): readonly Finding<Reported>[] => {
  const fact = acceptedTrip(evidence);
  const report = fact && reportOf(fact, 'delayed');
  if (!fact || !report || reportOf(fact, 'failed')) return [];
  const reason = reasonOf(report);
  return [
    {
      detail: {
        kind: 'report',
        address: report.recipient || subject.address,
        by: report.by,
        remote: report.remote ?? '',
        status: report.status,
        says: report.says,
        until: report.until ?? '',
        ...(reason === undefined ? {} : { reason }),
      },
      severity: fact.found ? 'warning' : 'critical',
      confidence: 0.97,
      affects: [subject.address],
      evidence: [
        {
          check: mailRoundTrip,
          says: both(
            `${report.by} reports that this message waits: ${saysOf(report)}`,
            `${report.by} から、このメールが配信待ちであるという通知が届いています: ${saysOf(report)}`,
          ),
        },
      ],
      ruledOut: [
        {
          cause: 'deliver.bounced',
          check: mailRoundTrip,
          says: both('the report says "delayed": it is still being tried', '通知は「遅延」で、まだ再送が続いています'),
        },
        {
          cause: 'deliver.not-received',
          check: mailRoundTrip,
          says: both('its fate is known: it waits in a queue', '行方はわかっています。送信待ちの状態です'),
        },
      ],
    },
  ];
};

export const deferred = defineCause<Reported | Logged>({
  id: 'deliver.deferred',
  title: both('The mail server keeps mail in its queue', 'メールがサーバーの送信待ちに留まっています'),
  about: both(
    'A server that cannot hand a message on for the moment keeps it in its queue and tries again, mostly for five days. The CRM sees a successful sending. After some hours many servers send the sender a warning (delayed notification); at the end a bounce.',
    '次のサーバーにすぐ渡せないとき、サーバーはメールを送信待ち（キュー）に入れ、通常は 5 日間再送を続けます。CRM からは送信成功に見えます。多くのサーバーは数時間後に遅延の通知を、最後には不達通知を差出人に送ります。',
  ),
  explain: (evidence, subject) => orFromLogs(reported(evidence, subject), 'deliver.deferred', evidence, subject),
  owner: 'mail-admin',
  because: (detail) => {
    if (detail.kind === 'log') {
      const says = logSentence(detail.log);
      return both(
        `The sending server keeps mail in its queue. ${says.en}`,
        `送信サーバーで、メールが送信待ちに留まっています。${says.ja}`,
      );
    }
    const { address, by, remote, status, says, until, reason } = detail;
    const means = reason === undefined ? both('', '') : both(` That is ${reason}.`, `これは ${reason} に当たります。`);
    const limit = until === '' ? both('', '') : both(` It is tried until ${until}.`, `${until} まで再送が続きます。`);
    return both(
      `${by} took the test message for ${address} and cannot hand it on${remote ? ` to ${remote}` : ''}: "${says}" (${status || 'no status'}).${means.en}${limit.en}`,
      `${by} は ${address} 宛てのテストメールを受け取りましたが、${remote ? `${remote} に` : '次のサーバーに'}渡せずにいます。理由は「${says}」（${status || 'コードなし'}）です。${means.ja}${limit.ja}`,
    );
  },
  steps: (detail) => {
    const reason = detail.kind === 'report' ? detail.reason : undefined;
    const host = detail.kind === 'report' ? detail.remote || detail.by : (detail.log.relay ?? '');
    return [
      both(
        'Look at the queue (Postfix: mailq; Exim: exim -bp): the reason stands beside each message.',
        'キューを確認します（Postfix は mailq、Exim は exim -bp）。各メールに理由が表示されます。',
      ),
      ...(host === ''
        ? []
        : [
            both(
              `See from that server whether ${host} can be reached (nc -vz ${host} 25).`,
              `そのサーバーから ${host} に接続できるか確認します（nc -vz ${host} 25）。`,
            ),
          ]),
      ...(reason === undefined
        ? []
        : [
            both(
              `crm-doctor explain ${reason} tells what mends this.`,
              `対処は crm-doctor explain ${reason} で確認できます。`,
            ),
          ]),
      both(
        'When the reason is mended, send the queue at once (postqueue -f; exim -qff).',
        '原因を解消したら、すぐに再送します（postqueue -f、exim -qff）。',
      ),
    ];
  },
});
