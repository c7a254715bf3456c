import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { refusalsIn } from '../auth/refusals.ts';
import { answerText, both, saidBy } from '../auth/words.ts';
import { imapAuth } from '../mail/imap-auth.check.ts';
import { likelyFolders } from './folder-names.ts';

interface FolderMissing {
  readonly host: string;
  readonly username: string;
  readonly folder: string;
  readonly says: string;
  /** Names of the server that were probably meant. */
  readonly likely: readonly string[];
  /** The first folders that are there. */
  readonly there: readonly string[];
  readonly prefix: string;
}

const explain = (evidence: Evidence, subject: Subject): readonly Finding<FolderMissing>[] => {
  const fact = evidence.fact(imapAuth);
  const { imap } = subject.services;
  const refusal = refusalsIn(evidence, subject).find(({ step }) => step === 'select');
  if (!fact || !imap || !refusal) return [];
  const { folder, folders, prefix = '', delimiter = '' } = fact;
  // INBOX exists in every mailbox (RFC 3501 section 5.1); without it there is no mailbox.
  if (folder.toUpperCase() === 'INBOX') return [];
  const said = refusal.reading?.cause === 'imap.folder-missing';
  const absent = folders !== undefined && folders.length > 0 && !folders.includes(folder);
  // A refusal that names another reason stands, whatever the list says.
  if (!said && (refusal.reading || !absent)) return [];
  return [
    {
      detail: {
        host: imap.host,
        username: imap.username,
        folder,
        says: saidBy(refusal.reply),
        likely: likelyFolders(folder, folders ?? [], { prefix, delimiter }),
        there: (folders ?? []).slice(0, 10),
        prefix,
      },
      severity: 'critical',
      confidence: said && absent ? 0.97 : said ? 0.85 : 0.8,
      affects: [targetOf(imap)],
      evidence: [
        { check: imapAuth, says: answerText('select', saidBy(refusal.reply)) },
        ...(absent
          ? [
              {
                check: imapAuth,
                says: both(
                  `${folder} is not among the ${folders.length} folders of the server`,
                  `サーバーにある ${folders.length} 個のフォルダーの中に ${folder} はありません`,
                ),
              },
            ]
          : []),
      ],
      ruledOut: [
        {
          cause: 'auth.wrong-credentials',
          check: imapAuth,
          says: both(`the login as ${imap.username} was accepted`, `${imap.username} でのログインは成功しています`),
        },
      ],
    },
  ];
};

export const folderMissing = defineCause<FolderMissing>({
  id: 'imap.folder-missing',
  title: both('The folder that the CRM fetches from does not exist', 'CRM が受信するフォルダーが見つかりません'),
  about: both(
    'IMAP folders have exact names. Mail programs show them translated or without their prefix: what looks like "CRM" can be "INBOX.CRM" on the server, and "Sent" can be "送信済みアイテム". The prefix and the sign between levels (delimiter) belong to the namespace, the layout that a server uses for its folders.',
    'IMAP のフォルダーは、正確な名前で指定する必要があります。メールソフトでは翻訳されたり、先頭部分が省かれたりするため、画面で「CRM」と見えるものが、サーバー上では「INBOX.CRM」のことがあります。先頭部分と区切り文字は、名前空間（サーバーのフォルダー構成の決まり）で決まります。',
  ),
  unless: ['imap.folder-name-encoding'],
  explain,
  candidates: ({ folder, likely }, subject) => {
    const { imap } = subject.services;
    return imap ? likely.map((to) => [{ path: `${imap.path}.folder`, from: folder, to }]) : [];
  },
  owner: 'user',
  because: ({ host, username, folder, says, likely, there }, change) => {
    const to = change[0]?.to;
    const [nearest] = likely;
    const found =
      to !== undefined
        ? both(` The folder is called ${to} there; it opens.`, `サーバー上の名前は ${to} で、この名前なら開けます。`)
        : nearest !== undefined
          ? both(` The nearest name there is ${nearest}.`, `最も近い名前は ${nearest} です。`)
          : there.length > 0
            ? both(` There are: ${there.join(', ')}.`, `サーバーにあるフォルダー: ${there.join('、')}。`)
            : both('', '');
    return both(
      `${host} has no folder ${folder} for ${username}: "${says}". The login itself works.${found.en}`,
      `${host} の ${username} には、フォルダー ${folder} がありません。応答は「${says}」です。ログインはできています。${found.ja}`,
    );
  },
  steps: ({ folder, likely, username }, change) => {
    const to = change[0]?.to ?? likely[0];
    return [
      to === undefined || to === null
        ? both(
            `Create the folder ${folder} in the mailbox of ${username}, or choose in the CRM one that exists.`,
            `${username} のメールボックスにフォルダー ${folder} を作成するか、CRM で実在するフォルダーを選びます。`,
          )
        : both(
            `Set the folder in the CRM from ${folder} to ${to}.`,
            `CRM のフォルダー設定を ${folder} から ${to} に変更します。`,
          ),
      both(
        'See that the rules of the mailbox sort new mail into this folder.',
        'メールボックスの振り分けルールが、このフォルダーを対象にしていることを確認します。',
      ),
    ];
  },
});
