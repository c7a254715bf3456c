import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { mailConfig } from '../mail/config.check.ts';

interface Detail {
  readonly file: string;
  readonly row: number;
  readonly faults: readonly Text[];
}

const joined = (faults: readonly Text[]): Text =>
  both(faults.map(({ en }) => en).join('; '), faults.map(({ ja }) => ja).join('。'));

export const mailboxRow = defineCause<Detail>({
  id: 'config.mailbox-row',
  title: both('A row of the list of mailboxes cannot be used', 'メールボックスの一覧に、使えない行があります'),
  about: both(
    'The mailboxes are listed in a file (mailboxes: in the configuration), and one of its rows does not say what it has to: a value is missing or no value of its kind, the row has more or fewer fields than the header, it repeats another row, or its password cannot be read. Nothing is contacted for this row; all others are looked at.',
    'メールボックスはファイルの一覧（設定ファイルの mailboxes:）に書かれていますが、この行の内容に不備があります。値がない、値の形が違う、列の数が見出しと合わない、ほかの行と重複している、パスワードを読み取れない、などの場合です。この行については接続せず、ほかの行はすべて検査します。',
  ),
  owner: 'user',
  explain: (evidence, subject) => {
    const row = evidence.fact(mailConfig)?.row;
    if (!row) return [];
    return [
      {
        detail: row,
        severity: 'critical' as const,
        confidence: 0.99,
        affects: [mailConfig.target(subject)],
        evidence: [{ check: mailConfig, says: joined(row.faults) }],
      },
    ];
  },
  because: ({ file, row, faults }) => {
    const says = joined(faults);
    return both(`${file}, row ${row}: ${says.en}.`, `${file} の ${row} 行目: ${says.ja}。`);
  },
  steps: ({ file, row }) => [
    both(
      `Open ${file} and mend row ${row} (the header is row 1; blank lines are not counted).`,
      `${file} を開き、${row} 行目を修正します（見出しが 1 行目です。空行は数えません）。`,
    ),
    both(
      'If the mailbox is not to be looked at, write yes in a column "disabled", or remove the row.',
      '検査の対象にしない場合は、「disabled」列に yes と書くか、行を削除します。',
    ),
    both('Run the check again.', 'もう一度検査します。'),
  ],
});
