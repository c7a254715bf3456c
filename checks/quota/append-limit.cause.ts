import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { sizeText } from '../../src/model/figure.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { fromLogs, type LogDetail, logSentence } from '../logs/log-says.ts';
import { appendLimited, imapAuth } from '../mail/imap-auth.check.ts';
import { mailQuota } from '../mail/quota.check.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';

interface Offered {
  readonly kind: 'offered';
  readonly host: string;
  readonly smtpHost: string;
  readonly limit: number;
  /** What may be sent, where that is known. */
  readonly size?: number;
}

/** The server tells its limit, or the log of the CRM tells that a copy was refused. */
type AppendLimit = Offered | { readonly kind: 'log'; readonly host: string; readonly log: LogDetail };

const offered = (evidence: Evidence, subject: Subject): readonly Finding<AppendLimit>[] => {
  const { imap, smtp } = subject.services;
  const fact = evidence.fact(imapAuth);
  const limit = fact?.appendLimit;
  const size = evidence.fact(smtpAuth)?.size;
  if (!imap || !fact || limit === undefined || !appendLimited(fact, subject)) return [];
  const quota = evidence.fact(mailQuota);
  return [
    {
      detail: {
        kind: 'offered',
        host: imap.host,
        smtpHost: smtp?.host ?? '',
        limit,
        ...(size === undefined || size === 0 ? {} : { size }),
      },
      severity: 'warning',
      confidence: 0.93,
      affects: [targetOf(imap)],
      evidence: [
        {
          check: imapAuth,
          says: both(`APPENDLIMIT=${limit} after the login`, `ログイン後の応答に APPENDLIMIT=${limit}`),
        },
        ...(size === undefined || !smtp
          ? []
          : [{ check: smtpAuth, says: both(`SIZE ${size} for sending`, `送信側は SIZE ${size}`) }]),
      ],
      ruledOut: quota?.supported
        ? [
            {
              cause: 'quota.exceeded',
              check: mailQuota,
              says: both(
                'it is a limit for one message, not for the mailbox',
                '1 通あたりの上限で、容量の上限ではありません',
              ),
            },
          ]
        : [],
    },
  ];
};

export const appendLimit = defineCause<AppendLimit>({
  id: 'quota.append-limit',
  title: both('Copies of large messages cannot be stored', '大きなメールの控えを保存できません'),
  about: both(
    'A server can limit how large a message a client may store by IMAP (APPENDLIMIT, RFC 7889), apart from what may be sent by SMTP (SIZE). A message between the two is sent, and the CRM then fails to store its copy: "[TOOBIG]" or "could not store sent email".',
    'サーバーは、IMAP で保存できる 1 通の大きさ（APPENDLIMIT、RFC 7889）を、SMTP で送れる大きさ (SIZE) とは別に制限できます。その間の大きさのメールは送信できますが、CRM は控えの保存に失敗します（「[TOOBIG]」、「送信済みメールを保存できない」など）。',
  ),
  explain: (evidence, subject) => {
    const told = offered(evidence, subject);
    if (told.length > 0) return told;
    const host = subject.services.imap?.host ?? '';
    return fromLogs('quota.append-limit', evidence, subject, { severity: 'warning' }).map((finding) => ({
      ...finding,
      detail: { kind: 'log' as const, host, log: finding.detail },
    }));
  },
  owner: 'mail-admin',
  because: (detail) => {
    if (detail.kind === 'log') {
      const says = logSentence(detail.log);
      return both(
        `The mail server refused to store a message of the CRM because it is too large. ${says.en}`,
        `CRM が保存しようとしたメールは、大きすぎるためサーバーに拒否されました。${says.ja}`,
      );
    }
    const { host, smtpHost, limit, size } = detail;
    const sends =
      size === undefined
        ? both('', '')
        : both(
            `, while ${smtpHost} sends up to ${sizeText(size)}`,
            `。一方、${smtpHost} からは ${sizeText(size)} まで送信できます`,
          );
    return limit === 0
      ? both(
          `${host} lets clients store no message at all (APPENDLIMIT=0)${sends.en}. The CRM is to store copies (mail.sentCopy: crm).`,
          `${host} では、クライアントからのメールの保存が禁止されています (APPENDLIMIT=0)${sends.ja}。設定では CRM が控えを保存します（mail.sentCopy: crm）。`,
        )
      : both(
          `${host} lets clients store messages up to ${sizeText(limit)}${sends.en}. Copies of larger ones fail (mail.sentCopy: crm).`,
          `${host} に保存できるのは 1 通 ${sizeText(limit)} までです${sends.ja}。それより大きい控えの保存は失敗します（mail.sentCopy: crm）。`,
        );
  },
  steps: ({ host }) => [
    both(
      `Ask the administrator of ${host || 'the mail server'} to raise the limit to that of sending.`,
      `${host || 'メールサーバー'} の管理者に、送信できる大きさまで上限を引き上げるよう依頼します。`,
    ),
    both(
      'Or let the CRM send links in place of large attachments, or store copies in the CRM only.',
      'または、CRM で大きな添付ファイルをリンクに置き換えるか、控えを CRM 内だけに保存します。',
    ),
    both(
      'Send one message that is larger than the limit from the CRM, and look for its copy.',
      '上限を超える大きさのメールを CRM から 1 通送り、控えが残ることを確認します。',
    ),
  ],
});
