import { defineCause } from '../../src/model/cause.ts';
import { both, saidBy } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { acceptedTrip, circleWords, reasonOf, reportOf, saysOf } from './trip-words.ts';

interface Bounced {
  readonly address: string;
  /** Whom the bounce is about, where that is not the address it was sent to: it was forwarded. */
  readonly forwardedTo?: string;
  readonly host: string;
  readonly by: string;
  readonly remote: string;
  readonly status: string;
  readonly says: string;
  readonly folder: string;
  /** The cause that the words speak of. */
  readonly reason?: string;
}

export const bounced = defineCause<Bounced>({
  id: 'deliver.bounced',
  title: both('Accepted for sending, and returned later', '送信は受け付けられましたが、不達通知で戻っています'),
  about: both(
    'A server that has taken a message and cannot deliver it writes a report to the sender address, a bounce (delivery status notification, RFC 3464). The CRM sees a successful sending. Where nobody reads the sender address, and no rule of the CRM reads bounces, nobody learns that the message never arrived.',
    '受け付けたメールを配信できなかったサーバーは、差出人アドレスに不達通知（バウンス、RFC 3464）を送ります。CRM からは送信成功に見えます。差出人アドレスを誰も読まず、CRM も不達通知を処理していないと、届いていないことに気付けません。',
  ),
  explain: (evidence, subject) => {
    const fact = acceptedTrip(evidence);
    const report = fact && !fact.found ? reportOf(fact, 'failed') : undefined;
    if (fact?.sent.kind !== 'accepted' || !report || circleWords.test(report.says)) return [];
    const reason = reasonOf(report);
    return [
      {
        detail: {
          address: subject.address,
          ...(report.recipient === '' || report.recipient.toLowerCase() === subject.address.toLowerCase()
            ? {}
            : { forwardedTo: report.recipient }),
          host: subject.services.smtp?.host ?? '',
          by: report.by,
          remote: report.remote ?? '',
          status: report.status,
          says: report.says,
          folder: report.folder,
          ...(reason === undefined ? {} : { reason }),
        },
        severity: 'critical',
        confidence: 0.97,
        affects: [subject.address],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(`sent: "${saidBy(fact.sent.reply)}"`, `送信時の応答:「${saidBy(fact.sent.reply)}」`),
          },
          {
            check: mailRoundTrip,
            says: both(
              `the bounce in ${report.folder} names this message: ${saysOf(report)}`,
              `${report.folder} に、このメールの不達通知があります: ${saysOf(report)}`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'deliver.not-received',
            check: mailRoundTrip,
            says: both('its fate is known: it was returned', '行方はわかっています。不達で戻されました'),
          },
          {
            cause: 'deliver.deferred',
            check: mailRoundTrip,
            says: both('the report says "failed", not "delayed"', '通知は「遅延」ではなく「失敗」です'),
          },
        ],
      },
    ];
  },
  owner: 'mail-admin',
  because: ({ address, forwardedTo, host, by, remote, status, says, reason }) => {
    const who = remote || by;
    const forwarded =
      forwardedTo === undefined
        ? both('', '')
        : both(
            ` It was forwarded to ${forwardedTo}, and could not be delivered there.`,
            `転送先の ${forwardedTo} に配信できなかったためです。`,
          );
    const means = reason === undefined ? both('', '') : both(` That is ${reason}.`, `これは ${reason} に当たります。`);
    return both(
      `${host} accepted a test message for ${address}, and ${by || 'a server'} returned it: ${who ? `${who} answered ` : ''}"${says}" (${status || 'no status'}).${forwarded.en}${means.en}`,
      `${host} は ${address} 宛てのテストメールを受け付けましたが、${by || 'サーバー'} から不達で戻されました。${forwarded.ja}${who ? `${who} の応答` : '理由'}は「${says}」（${status || 'コードなし'}）です。${means.ja}`,
    );
  },
  steps: ({ by, remote, says, folder, reason }) => [
    reason === undefined
      ? both(
          `Read the words of the server: "${says}"; crm-doctor explain takes them as they are.`,
          `サーバーの応答「${says}」を確認します。crm-doctor explain にそのまま渡すと、意味を調べられます。`,
        )
      : both(
          `crm-doctor explain ${reason} tells what mends this.`,
          `対処の方法は crm-doctor explain ${reason} で確認できます。`,
        ),
    both(
      `Ask the administrator of ${remote || by || 'the mail server'} for the log of this refusal.`,
      `${remote || by || 'メールサーバー'} の管理者に、この拒否のログを確認してもらいます。`,
    ),
    both(
      `Let somebody read the bounces in ${folder}, or let the CRM process them (bounce address, Return-Path).`,
      `${folder} に届く不達通知を担当者が確認するか、CRM に処理させます（バウンス用アドレス、Return-Path）。`,
    ),
    both('Repeat the round trip (crm-doctor mail --send).', '往復テストをもう一度行います（crm-doctor mail --send）。'),
  ],
});
