import { defineCause } from '../../src/model/cause.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { serviceConfig } from '../mail/config.check.ts';

interface Detail {
  readonly place: Place;
  readonly username: string;
  readonly folder: string;
  readonly path: string;
  readonly otherPath: string;
  readonly otherLabel: string;
}

export const duplicateAccount = defineCause<Detail>({
  id: 'config.duplicate-account',
  title: both(
    'Two inboxes of the CRM fetch from the same mailbox',
    'CRM の 2 つの受信設定が、同じメールボックスから取り込んでいます',
  ),
  about: both(
    'Two entries of the configuration log in to the same server with the same name and read the same folder. Each message is then taken by whichever comes first, so that each of the two seems to miss some mail. With POP3 the two lock each other out as well, because a mailbox serves one POP3 session at a time.',
    '設定の 2 か所が、同じサーバーに同じユーザー名でログインし、同じフォルダーを読んでいます。届いたメールは先に読みに来たほうに取り込まれるため、どちらの受信設定でもメールの一部が欠けて見えます。POP3 では、メールボックスを同時に使えるのは 1 つの接続だけなので、互いにログインを妨げることもあります。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) =>
    servicesOf(subject).flatMap((service) => {
      const { protocol, host, port, username } = service;
      const twin = evidence.fact(serviceConfig[protocol])?.twin;
      if (!twin) return [];
      const { label, path } = twin;
      return [
        {
          detail: {
            place: { protocol, host, port },
            username,
            folder: protocol === 'pop3' ? 'INBOX' : service.folder,
            path: service.path,
            otherPath: path,
            otherLabel: label,
          },
          severity: 'warning' as const,
          confidence: 0.95,
          affects: [targetOf(service)],
          evidence: [
            {
              check: serviceConfig[protocol],
              says: both(
                `${service.path} and ${path} both fetch as ${username} from ${host}`,
                `${service.path} と ${path} は、どちらも ${host} に ${username} でログインして取り込みます`,
              ),
            },
          ],
        },
      ];
    }),
  because: ({ place, username, folder, path, otherPath, otherLabel }) => {
    const where = placesText([place]);
    return both(
      `${path} and ${otherPath} (${otherLabel}) read the same folder ${folder} of ${username} at ${where.en}: each of them gets only a part of the mail.`,
      `${path} と ${otherPath}（${otherLabel}）は、${where.ja} の ${username} の同じフォルダー ${folder} を読んでいます。そのため、それぞれがメールの一部しか取り込めません。`,
    );
  },
  steps: ({ path, otherPath, folder }) => [
    both(
      `Decide which of the two shall fetch, and remove the other (${path} or ${otherPath}), here and in the CRM.`,
      `どちらで取り込むかを決め、もう一方（${path} または ${otherPath}）を、この設定と CRM の両方から削除します。`,
    ),
    both(
      `If both are needed: let a rule of the mail server file the messages into two folders, and give each entry its own in place of ${folder} (IMAP only).`,
      `両方が必要な場合は、メールサーバーの振り分けルールで 2 つのフォルダーに分け、${folder} の代わりに、それぞれ専用のフォルダーを設定します（IMAP のみ）。`,
    ),
    both(
      'Send a message to each address and see in which inbox of the CRM it appears.',
      'それぞれのアドレスにメールを送り、CRM のどの受信設定に取り込まれるかを確認します。',
    ),
  ],
});
