import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { lacksSentMark, mailRoundTrip } from '../mail/round-trip.check.ts';

interface SpecialUseMissing {
  readonly host: string;
  readonly username: string;
  readonly marked: readonly string[];
}

export const specialUseMissing = defineCause<SpecialUseMissing>({
  id: 'imap.special-use-missing',
  title: both('No folder is marked as the one for sent messages', '送信済み用の印が付いたフォルダーがありません'),
  about: both(
    'IMAP servers can mark folders by what they are for (\\Sent, \\Junk, \\Trash …, RFC 6154). A CRM that stores copies of sent mail looks for that mark. Without it, it guesses by the name, creates a second folder, or fails with "could not store sent email".',
    'IMAP サーバーは、フォルダーに用途の印（\\Sent、\\Junk、\\Trash など、RFC 6154）を付けられます。送信済みメールの控えを保存する CRM はこの印を探します。印がないと、名前から推測したり、別のフォルダーを新しく作ったり、「送信済みメールを保存できない」というエラーになったりします。',
  ),
  explain: (evidence, subject) => {
    const { imap } = subject.services;
    const fact = evidence.fact(mailRoundTrip);
    const marked = fact?.specialUses;
    if (!imap || !fact || !marked || !lacksSentMark(fact, subject)) return [];
    return [
      {
        detail: { host: imap.host, username: imap.username, marked },
        severity: 'warning',
        confidence: 0.93,
        affects: [targetOf(imap)],
        evidence: [
          {
            check: mailRoundTrip,
            says:
              marked.length === 0
                ? both('the server marks no folder at all', 'どのフォルダーにも用途の印がありません')
                : both(
                    `marked are ${marked.join(', ')}, and not \\Sent`,
                    `印があるのは ${marked.join('、')} で、\\Sent はありません`,
                  ),
          },
        ],
      },
    ];
  },
  owner: 'crm-admin',
  because: ({ host, username, marked }) => {
    const seen =
      marked.length === 0
        ? both('No folder has a mark.', 'どのフォルダーにも印がありません。')
        : both(`Marked are: ${marked.join(', ')}.`, `印があるもの: ${marked.join('、')}。`);
    return both(
      `The CRM is to store copies of sent mail (mail.sentCopy: crm), and ${host} marks no folder of ${username} as \\Sent. ${seen.en}`,
      `CRM が送信済みメールの控えを保存する設定（mail.sentCopy: crm）ですが、${host} の ${username} には \\Sent の印が付いたフォルダーがありません。${seen.ja}`,
    );
  },
  steps: ({ username }) => [
    both(
      'Choose the folder for sent messages by its name in the settings of the CRM.',
      'CRM の設定で、送信済みメールの保存先フォルダーを名前で指定します。',
    ),
    both(
      `Or mark it on the server (Dovecot: special_use = \\Sent in its mailbox section; Cyrus: setting specialuse of the folder of ${username}).`,
      `または、サーバー側で印を付けます（Dovecot は mailbox 設定の special_use = \\Sent。Cyrus は ${username} のフォルダーの specialuse）。`,
    ),
    both(
      'Send a message from the CRM, and look for its copy in that folder.',
      'CRM からメールを送信し、そのフォルダーに控えが入ることを確認します。',
    ),
  ],
});
