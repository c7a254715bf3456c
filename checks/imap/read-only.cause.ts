import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { imapAuth } from '../mail/imap-auth.check.ts';

interface ReadOnly {
  readonly host: string;
  readonly folder: string;
  readonly username: string;
}

export const readOnly = defineCause<ReadOnly>({
  id: 'imap.read-only',
  title: both('The folder opens read-only', 'フォルダーが読み取り専用です'),
  about: both(
    'A folder that opens read-only can be read, but messages in it cannot be flagged as seen, moved or deleted. A CRM that marks or moves what it has imported would import it again at each run, or stop with an error. The rights (ACL, access control list) of a shared folder are the usual reason.',
    '読み取り専用のフォルダーでは、メールを読めますが、既読にしたり、移動・削除したりできません。取り込んだメールに印を付けたり移動したりする CRM では、毎回同じメールを取り込むか、エラーで止まります。共有フォルダーの権限 (ACL) が原因であることがほとんどです。',
  ),
  explain: (evidence, subject) => {
    const { imap } = subject.services;
    const fact = evidence.fact(imapAuth);
    if (!imap || !fact?.readOnly || fact.select?.kind === 'refused') return [];
    return [
      {
        detail: { host: imap.host, folder: fact.folder, username: imap.username },
        severity: 'warning',
        confidence: 0.9,
        affects: [targetOf(imap)],
        evidence: [
          {
            check: imapAuth,
            says: both(`${fact.folder} opens as [READ-ONLY]`, `${fact.folder} は [READ-ONLY] で開かれました`),
          },
        ],
        ruledOut: [
          {
            cause: 'mailbox.access-denied',
            check: imapAuth,
            says: both('the folder can be opened and read', 'フォルダーを開いて読むことはできます'),
          },
        ],
      },
    ];
  },
  owner: 'mail-admin',
  because: ({ host, folder, username }) =>
    both(
      `${host} opens ${folder} for ${username}, but read-only. The CRM can fetch messages, and cannot mark or move them.`,
      `${host} の ${folder} は、${username} では読み取り専用で開かれます。CRM はメールを取得できますが、既読にしたり移動したりできません。`,
    ),
  steps: ({ folder, username }) => [
    both(
      `Give ${username} the rights to write flags and to delete in ${folder} (IMAP ACL: lrswte; Dovecot: doveadm acl set).`,
      `${folder} に対し、フラグの変更と削除の権限を ${username} に付与します（IMAP ACL では lrswte、Dovecot では doveadm acl set）。`,
    ),
    both(
      'If the CRM only reads and remembers what it has imported, nothing has to be done.',
      'CRM が読み取りだけを行い、取り込み済みのメールを自分で記録する場合は、対応は不要です。',
    ),
  ],
});
