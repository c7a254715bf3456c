import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';
import { submissionDoors } from './doors.ts';
import type { Refusal, Refused } from './refusals.ts';
import { findingsFrom, firstPlace, refusalsIn } from './refusals.ts';
import { both } from './words.ts';

interface Missing extends Refused {
  readonly offered: readonly string[];
}

// "Relaying denied. Proper authentication required." and "Client host rejected" of servers that know us only by login.
const asks = ({ reading, reply }: Refusal): boolean =>
  reading?.cause === 'auth.missing' ||
  ((reading?.cause === 'smtp.relay-denied' || reading?.cause === 'smtp.client-refused') &&
    /authenti|\bAUTH\b/i.test(reply.text));

const explain = (evidence: Evidence, subject: Subject): readonly Finding<Missing>[] => {
  const fact = evidence.fact(smtpAuth);
  if (!fact || fact.username !== undefined) return [];
  const refusals = refusalsIn(evidence, subject).filter(
    (refusal) => refusal.service.protocol === 'smtp' && asks(refusal),
  );
  return findingsFrom('auth.missing', refusals, evidence, { subject }).map((finding) => ({
    ...finding,
    detail: { ...finding.detail, offered: fact.offered },
    ruledOut: [
      {
        cause: 'smtp.relay-denied',
        check: smtpAuth,
        says: both(
          'the server asks for a login, and none was made',
          'サーバーがログインを求めていますが、ログインは設定されていません',
        ),
      },
    ],
  }));
};

export const missing = defineCause<Missing>({
  id: 'auth.missing',
  title: both(
    'The server wants a login, and none is configured',
    'ログイン（SMTP 認証）が必要なのに、設定されていません',
  ),
  about: both(
    'To keep spammers out, outgoing mail servers send only for people who have logged in (SMTP AUTH). Without user name and password in the configuration, crm-doctor and the CRM go on without a login, and the server refuses the sender or the recipient with 530 or a similar code.',
    '迷惑メール対策のため、送信サーバーはログイン（SMTP 認証）した利用者のメールだけを送ります。設定にユーザー名とパスワードがないと、ログインせずに送信を試みることになり、サーバーは 530 などのコードで差出人や宛先を拒否します。',
  ),
  explain,
  candidates: (detail, subject) => {
    const { smtp } = subject.services;
    return smtp && firstPlace(detail).port === 25 ? submissionDoors(smtp) : [];
  },
  owner: 'user',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    const offers =
      detail.offered.length > 0
        ? both(
            ` It offers the login by ${detail.offered.join(', ')}.`,
            `ログイン方式として ${detail.offered.join('、')} を提示しています。`,
          )
        : both('', '');
    return both(
      `${host}:${port} wants a login before it takes mail from ${detail.sender}, and the configuration has no password for it. The server says "${detail.says}".${offers.en}`,
      `${host}:${port} は、${detail.sender} からのメールを受け付ける前にログインを求めていますが、設定にパスワードがありません。サーバーの応答は「${detail.says}」です。${offers.ja}`,
    );
  },
  steps: (detail) => [
    both(
      'Switch on "the server requires authentication" (SMTP AUTH) for the outgoing server in the CRM.',
      'CRM の送信サーバー設定で、「SMTP 認証を使用する」を有効にします。',
    ),
    both(
      `Enter the user name (${detail.username}) and its password there, and as mail.username and mail.password in crm-doctor.yaml.`,
      `ユーザー名 (${detail.username}) とパスワードを CRM に入力し、crm-doctor.yaml の mail.username と mail.password にも設定します。`,
    ),
    ...(firstPlace(detail).port === 25
      ? [both('Use port 587 with STARTTLS in place of 25.', 'ポートは 25 ではなく、587 (STARTTLS) を使います。')]
      : []),
  ],
});
