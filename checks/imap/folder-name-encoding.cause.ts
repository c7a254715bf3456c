import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { fromMailboxUtf7 } from '../../src/reason/mailbox-utf7.ts';
import { both } from '../auth/words.ts';
import { imapAuth } from '../mail/imap-auth.check.ts';

interface FolderNameEncoding {
  readonly host: string;
  readonly folder: string;
  /** The same folder as the server has it. */
  readonly there: string;
  /** Which of the two is written in another form than as a person reads it. */
  readonly encoded: 'configured' | 'server';
}

/** UTF-8 bytes that were taken for Latin-1, letter by letter. */
const misread = (name: string): string => Buffer.from(name, 'utf8').toString('latin1');

const decoded = (name: string): string | undefined => {
  const text = fromMailboxUtf7(name);
  return text === name ? undefined : text;
};

const pairOf = (
  folder: string,
  folders: readonly string[],
): Pick<FolderNameEncoding, 'there' | 'encoded'> | undefined => {
  const plain = decoded(folder);
  if (plain !== undefined && folders.includes(plain)) return { there: plain, encoded: 'configured' };
  if (!/[^\x20-\x7e]/.test(folder)) return undefined;
  // A client that encodes twice, or not at all, has created a folder whose name is the encoded form.
  const there = folders.find((name) => decoded(name) === folder || name === misread(folder));
  return there === undefined ? undefined : { there, encoded: 'server' };
};

export const folderNameEncoding = defineCause<FolderNameEncoding>({
  id: 'imap.folder-name-encoding',
  title: both('The folder name is written in another encoding', 'フォルダー名の符号化が合っていません'),
  about: both(
    'On the wire IMAP writes folder names with letters outside ASCII in a form of its own, modified UTF-7: 受信 is "&U9dP4Q-" there. A program that shows or takes that form for the name, or encodes it twice, does not find the folder, or creates a second one with an unreadable name.',
    'IMAP の通信では、日本語などのフォルダー名を「修正 UTF-7」という独自の形で表します（例:「受信」は「&U9dP4Q-」）。この形のまま設定したり、二重に変換したりすると、フォルダーが見つからない、または読めない名前のフォルダーが新しく作られます。',
  ),
  explain: (evidence, subject) => {
    const { imap } = subject.services;
    const fact = evidence.fact(imapAuth);
    if (!imap || !fact?.folders || fact.select?.kind !== 'refused' || fact.folders.includes(fact.folder)) return [];
    const pair = pairOf(fact.folder, fact.folders);
    if (!pair) return [];
    return [
      {
        detail: { host: imap.host, folder: fact.folder, ...pair },
        severity: 'critical',
        confidence: 0.97,
        affects: [targetOf(imap)],
        evidence: [
          {
            check: imapAuth,
            says: both(
              `the server has no folder ${fact.folder}, and has ${pair.there}: the same name in another encoding`,
              `サーバーに ${fact.folder} はなく、同じ名前を別の形で表した ${pair.there} があります`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'imap.folder-missing',
            check: imapAuth,
            says: both(
              'the folder is there under its name in the other form',
              'フォルダー自体は、別の表記で存在します',
            ),
          },
        ],
      },
    ];
  },
  candidates: ({ folder, there }, subject) => {
    const { imap } = subject.services;
    return imap ? [[{ path: `${imap.path}.folder`, from: folder, to: there }]] : [];
  },
  owner: 'crm-admin',
  because: ({ host, folder, there, encoded }, change) => {
    const opens = change.length > 0 ? both(' That one opens.', 'この名前なら開けます。') : both('', '');
    return encoded === 'configured'
      ? both(
          `The folder is configured as "${folder}", which is the form on the wire (modified UTF-7). Its name on ${host} is ${there}.${opens.en}`,
          `フォルダーが「${folder}」と設定されています。これは通信用の形（修正 UTF-7）で、${host} での名前は ${there} です。${opens.ja}`,
        )
      : both(
          `${host} has no folder ${folder}, and has one that is called "${there}": the same name, encoded wrongly by the program that created it.${opens.en}`,
          `${host} には ${folder} がなく、「${there}」という名前のフォルダーがあります。同じ名前が、作成したプログラムによって誤って符号化されたものです。${opens.ja}`,
        );
  },
  steps: ({ folder, there, encoded }) =>
    encoded === 'configured'
      ? [
          both(
            `Set the folder to its readable name, ${there}, in place of ${folder}.`,
            `フォルダー設定を、${folder} から読める名前の ${there} に変更します。`,
          ),
          both(
            'If the CRM itself needs the encoded form, keep it there and write the readable name for crm-doctor.',
            'CRM が符号化した形を必要とする場合は、CRM の設定は変えずに、crm-doctor の設定だけを読める名前にします。',
          ),
        ]
      : [
          both(
            `Rename the folder ${there} to ${folder} in the webmail, and choose it anew in the CRM.`,
            `Web メールでフォルダー ${there} を ${folder} に変更し、CRM で選び直します。`,
          ),
          both(
            'Look which program created it (it sends folder names without encoding them, or encodes them twice), and update that.',
            '作成したプログラムを特定し、更新します（フォルダー名を符号化していない、または二重に符号化しています）。',
          ),
        ],
});
