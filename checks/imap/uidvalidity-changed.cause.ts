import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { imapAuth, renumbered } from '../mail/imap-auth.check.ts';

interface UidvalidityChanged {
  readonly host: string;
  readonly folder: string;
  readonly before: string;
  readonly now: string;
  readonly since: string;
  readonly messages: number;
}

export const uidvalidityChanged = defineCause<UidvalidityChanged>({
  id: 'imap.uidvalidity-changed',
  title: both('The messages of the folder were numbered anew', 'フォルダー内のメール番号が振り直されています'),
  about: both(
    'An IMAP server gives each message of a folder a number (UID), and the folder a value (UIDVALIDITY) that stays as long as these numbers hold. When the mailbox is moved, restored or rebuilt, the value changes. A CRM that remembers numbers then fetches everything once more, or skips what is new.',
    'IMAP サーバーは、各メールに番号 (UID) を、フォルダーにはその番号が有効であることを示す値 (UIDVALIDITY) を付けます。メールボックスの移転、復元、再構築でこの値が変わると、番号を記憶している CRM は、全メールをもう一度取り込むか、新着を飛ばします。',
  ),
  explain: (evidence, subject) => {
    const { imap } = subject.services;
    const fact = evidence.fact(imapAuth);
    if (!imap || !fact?.earlier || fact.uidValidity === undefined || !renumbered(fact)) return [];
    return [
      {
        detail: {
          host: imap.host,
          folder: fact.folder,
          before: fact.earlier.uidValidity,
          now: fact.uidValidity,
          since: fact.earlier.at,
          messages: fact.messages ?? 0,
        },
        severity: 'warning',
        confidence: 0.97,
        affects: [targetOf(imap)],
        evidence: [
          {
            check: imapAuth,
            says: both(
              `UIDVALIDITY of ${fact.folder}: ${fact.uidValidity} now, ${fact.earlier.uidValidity} on ${fact.earlier.at}`,
              `${fact.folder} の UIDVALIDITY: 現在 ${fact.uidValidity}、${fact.earlier.at} の時点では ${fact.earlier.uidValidity}`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'imap.folder-missing',
            check: imapAuth,
            says: both('the folder is there and opens', 'フォルダーは存在し、開けます'),
          },
        ],
      },
    ];
  },
  owner: 'crm-admin',
  because: ({ host, folder, before, now, since, messages }) =>
    both(
      `${host} has numbered the ${messages} messages of ${folder} anew since ${since}: UIDVALIDITY was ${before} and is ${now}. Numbers that the CRM remembers are void.`,
      `${host} の ${folder}（${messages} 通）は、${since} 以降に番号が振り直されています。UIDVALIDITY が ${before} から ${now} に変わり、CRM が記憶している番号は無効です。`,
    ),
  steps: ({ folder }) => [
    both(
      `Before the CRM fetches again, let it begin anew with ${folder} from today's date (reset the account, or set "fetch since").`,
      `次に取り込む前に、CRM で ${folder} の取得を今日の日付から始める設定にします（アカウントの再設定、または「取得開始日」の指定）。`,
    ),
    both(
      'If it has fetched already, look for messages that are there twice, by their Message-ID.',
      'すでに取り込んでいる場合は、メッセージ ID で重複を探します。',
    ),
    both(
      'Ask the administrator whether the mailbox was moved or restored; rebuilding it again numbers it anew again.',
      'メールボックスの移転や復元があったか、管理者に確認します。もう一度再構築すると、番号も再び変わります。',
    ),
    both('crm-doctor compares with the value of this run from now on.', '次回からは、今回の値と比較します。'),
  ],
});
