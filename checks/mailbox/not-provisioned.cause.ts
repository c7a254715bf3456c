import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Refused } from '../auth/refusals.ts';
import { findingsFrom, firstPlace, refusalsIn, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

/** Every mailbox has an INBOX (RFC 3501 section 5.1): a login without one has no mailbox. */
const withoutInbox = (evidence: Evidence, subject: Subject): readonly Finding<Refused>[] =>
  findingsFrom(
    'mailbox.not-provisioned',
    refusalsIn(evidence, subject).filter(
      ({ step, reading, service }) =>
        step === 'select' && reading?.cause === 'imap.folder-missing' && service.folder.toUpperCase() === 'INBOX',
    ),
    evidence,
    { subject },
  ).map((finding) => ({ ...finding, confidence: 0.75 }));

export const mailboxNotProvisioned = defineCause<Refused>({
  id: 'mailbox.not-provisioned',
  title: both(
    'The mailbox was never created or licensed',
    'メールボックスが作成されていません（ライセンス未割り当て）',
  ),
  about: both(
    'An account to log in with and a mailbox to keep mail in are two things. The account can exist while the mailbox does not: it was not created yet, no licence was given, or creating it failed. Logins then work or fail with unclear words, and no mail arrives.',
    'ログイン用のアカウントと、メールを保存するメールボックスは別のものです。アカウントがあっても、メールボックスが未作成、ライセンス未割り当て、作成に失敗、ということがあります。この場合、ログインできてもメールは届きません。',
  ),
  explain: (evidence, subject) => [
    ...saysSo('mailbox.not-provisioned', evidence, subject),
    ...withoutInbox(evidence, subject),
  ],
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} has no mailbox for ${detail.username}: "${detail.says}".`,
      `${host}:${port} に、${detail.username} のメールボックスがありません。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      `Ask the administrator to create the mailbox of ${detail.recipient}, or to assign a licence with mail.`,
      `管理者に、${detail.recipient} のメールボックスの作成、またはメール機能を含むライセンスの割り当てを依頼します。`,
    ),
    both(
      'Wait up to an hour, log in to the webmail once, and check again.',
      '最大 1 時間ほど待ち、Web メールに一度ログインしてから、もう一度検査します。',
    ),
  ],
});
