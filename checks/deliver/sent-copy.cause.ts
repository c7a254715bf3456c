import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip, wrongCopies } from '../mail/round-trip.check.ts';
import { acceptedTrip } from './trip-words.ts';

interface SentCopy {
  readonly address: string;
  readonly host: string;
  /** Copies that the sending server made. */
  readonly copies: number;
  readonly by: 'crm' | 'server' | 'unknown';
}

export const sentCopy = defineCause<SentCopy>({
  id: 'deliver.sent-copy',
  title: both(
    'The copy of a sent message is missing or doubled',
    '送信済みメールの控えが残らない、または二重になります',
  ),
  about: both(
    'SMTP itself keeps no copy of what is sent. Either the CRM stores one by IMAP in the folder for sent messages, or the provider does so by itself (Gmail and Microsoft 365 do). When both do, each message is there twice; when neither does, it is nowhere. mail.sentCopy in the configuration says who is to store it.',
    'SMTP には、送信したメールの控えを残す仕組みがありません。CRM が IMAP で送信済みフォルダーに保存するか、提供元が自動で保存します（Gmail と Microsoft 365 は自動）。両方が保存すると二重になり、どちらも保存しないと控えが残りません。どちらが保存するかは、設定の mail.sentCopy で指定します。',
  ),
  explain: (evidence, subject) => {
    const fact = acceptedTrip(evidence);
    const by = subject.config.sentCopy ?? 'unknown';
    const copies = fact && wrongCopies(fact, subject);
    if (copies === undefined) return [];
    return [
      {
        detail: {
          address: subject.address,
          host: subject.services.smtp?.host ?? '',
          copies,
          by,
        },
        severity: 'warning',
        confidence: 0.9,
        affects: [subject.address],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(
              `after sending, ${copies} copies lay in the folder marked \\Sent`,
              `送信後、\\Sent の印が付いたフォルダーにある控えは ${copies} 通でした`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'imap.special-use-missing',
            check: mailRoundTrip,
            says: both('a folder is marked as the one for sent messages', '送信済み用の印が付いたフォルダーがあります'),
          },
        ],
      },
    ];
  },
  owner: 'crm-admin',
  because: ({ address, host, copies, by }) => {
    if (copies > 1) {
      return both(
        `${host} stored ${copies} copies of one message that ${address} sent.`,
        `${host} は、${address} が送った 1 通のメールの控えを ${copies} 通保存しました。`,
      );
    }
    return by === 'crm'
      ? both(
          `${host} stores a copy of what ${address} sends by itself, and the configuration says that the CRM stores one too: each message is there twice.`,
          `${host} は ${address} の送信メールの控えを自動で保存しています。設定では CRM も保存するため、すべての控えが二重になります。`,
        )
      : both(
          `${host} stores no copy of what ${address} sends, although the configuration leaves that to the server: sent messages are nowhere.`,
          `設定では控えの保存をサーバーに任せていますが、${host} は ${address} の送信メールの控えを保存していません。送信済みメールがどこにも残りません。`,
        );
  },
  steps: ({ copies, by }) => [
    copies > 0
      ? both(
          'Switch off in the CRM that it stores sent messages by IMAP (EspoCRM: "Store Sent Emails" of the account).',
          'CRM の「送信済みメールを IMAP で保存する」設定を無効にします（EspoCRM ではアカウントの［送信メールを保存］）。',
        )
      : both(
          'Switch on in the CRM that it stores sent messages by IMAP, and choose the folder for them.',
          'CRM の「送信済みメールを IMAP で保存する」設定を有効にし、保存先のフォルダーを選びます。',
        ),
    copies > 1
      ? both(
          'Look for a rule or an archive that copies sent messages a second time.',
          '送信メールをもう一度コピーするルールやアーカイブがないか確認します。',
        )
      : both(
          `Then set mail.sentCopy to ${by === 'crm' ? 'server' : 'crm'}.`,
          `変更後、設定の mail.sentCopy を ${by === 'crm' ? 'server' : 'crm'} にします。`,
        ),
    both('Repeat the round trip (crm-doctor mail --send).', '往復テストをもう一度行います（crm-doctor mail --send）。'),
  ],
});
