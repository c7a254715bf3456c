import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ComparisonFact } from '../../src/model/sync/comparison.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { situationOf } from './rest-situation.ts';
import { parentOfRest, restSaid, stumpOfRest } from './rest-words.ts';

/** A column that tells records apart on both sides, where one is known to. */
const otherKey = ({ fields }: ComparisonFact): Text => {
  const email = fields.find(({ type }) => type === 'email');
  if (!email) return { en: 'such as the e-mail address', ja: 'メールアドレスなど' };
  const key = email.left === email.right ? email.left : `${email.left}=${email.right}`;
  return { en: `such as the e-mail address (--key ${key})`, ja: `メールアドレス（--key ${key}）など` };
};

const stepsForKeys = (fact: ComparisonFact): readonly Text[] => {
  const other = otherKey(fact);
  return [
    {
      en: `Look for the column in which one side keeps the id of the other, and compare by it (--key ID=CRM_ID). Where there is none, compare by what tells records apart on both, ${other.en}.`,
      ja: `一方の側が他方の ID を保持している列を探し、その列で比較してください（--key ID=CRM_ID）。ない場合は、${other.ja}、両側でレコードを区別できる列をキーにします。`,
    },
  ];
};

const stepsForParents = (fact: ComparisonFact): readonly Text[] => {
  const column = parentOfRest(fact);
  return column === undefined
    ? []
    : [
        {
          en: `Compare the records that ${column} refers to first (accounts, where it is the account): copy those that are missing, then run the sync of these once more.`,
          ja: `先に ${column} が指すレコード（取引先の ID なら取引先）を比較してください。不足していれば同期し、その後でこのデータの同期をもう一度実行します。`,
        },
      ];
};

const stepsForStump = (fact: ComparisonFact): readonly Text[] => {
  const stump = stumpOfRest(fact);
  return stump
    ? [
        {
          en: `Look first at the records with ${stump.en}: what does the sync do otherwise with them (a mapping, a permission, an import of their own)?`,
          ja: `まず ${stump.ja} のレコードを確認してください。項目の対応、権限、別経路での取り込みなど、同期での扱いがほかと異なる点がないか調べます。`,
        },
      ]
    : [];
};

/** Fewer records that are on one side only are no trace of how the job works. */
const fewestAlone = 20;

/** Characters of an error that are told. */
const longestError = 120;

const shortened = (says: string): string => (says.length > longestError ? `${says.slice(0, longestError)}…` : says);

/** The errors of the log, which may be why these records did not arrive: nothing ties them to single records. */
const stepForErrors = (errors: NonNullable<ComparisonFact['log']>['errors']): Text => ({
  en: `The log of the job names these errors: ${errors.map(({ says, times }) => `"${shortened(says)}" (${grouped(times)} ${times === 1 ? 'time' : 'times'})`).join(', ')}. Look in it whether records of the examples were refused so.`,
  ja: `ジョブのログに次のエラーがあります: ${errors.map(({ says, times }) => `「${shortened(says)}」（${grouped(times)} 回）`).join('、')}。例のレコードがこのエラーで拒否されていないか、ログで確認してください。`,
});

/** When the runs of a job were, only its log tells: what is lost at their beginning or their end looks like any other loss without it. */
const stepsForRuns = ({ unexplained: { missing }, log }: ComparisonFact): readonly Text[] => {
  if (missing < fewestAlone) return [];
  if (log && log.errors.length > 0) return [stepForErrors(log.errors)];
  return log && log.runs > 0
    ? []
    : [
        {
          en: 'If the log of the job was not given, compare again with --log: records that are lost just before a run begins, or late in a run that met a rate limit, cannot be told without the times of the runs.',
          ja: 'ジョブのログを指定していない場合は、--log を付けて比較し直します。実行開始の直前や、呼び出し制限（429）にかかった実行の後半で抜けたレコードは、実行時刻がわからないと判定できません。',
        },
      ];
};

/** A key that is not counted up, such as a UUID, does not tell whether the left side has ever given it out. */
const stepsForExtra = ({ left, right, unexplained: { extra } }: ComparisonFact): readonly Text[] =>
  extra < fewestAlone
    ? []
    : [
        {
          en: `Look up a few of the extra records in the system of ${left.name} by their key, in its recycle bin and its audit log: they were deleted there, or never made there. Their keys alone do not tell. Columns that would, exported with the rest: one of ${left.name} that names other records of it (parent, referrer), one of ${right.name} that marks deletions or tells who created the record.`,
          ja: `余分なレコードを数件、${left.name} の元のシステムでキーから検索し、ゴミ箱と監査ログも確認してください。そこで削除されたのか、もともと作成されていないのかは、キーだけでは判定できません。次の列も出力して比べると判定できることがあります: ${left.name} で他のレコードを参照する列（親、紹介者など）、${right.name} の削除フラグや作成者の列。`,
        },
      ];

/** So many, and such a share of the records, nobody decides one by one. */
const many = { records: 100, share: 0.01 };

const isMany = ({ unexplained: { pairs, missing, extra }, counts: { left, right } }: ComparisonFact): boolean => {
  const n = pairs + missing + extra;
  return n > many.records && n > many.share * Math.max(left, right);
};

const stepsForRecords = (fact: ComparisonFact): readonly Text[] => {
  const { fields } = fact;
  const most = fields.filter((field) => field.unexplained > 0).toSorted((a, b) => b.unexplained - a.unexplained);
  const names = most.slice(0, 3).map((field) => `${field.left} (${grouped(field.unexplained)})`);
  return [
    ...(names.length === 0
      ? []
      : [
          {
            en: `Look at the examples of the columns with most of them: ${names.join(', ')}.`,
            ja: `件数の多い列の例を確認してください: ${names.join('、')}。`,
          },
        ]),
    isMany(fact)
      ? {
          en: 'So many are rarely single edits: follow a few of the examples through the sync job and its log, up to the step after which they differ or are gone; --output-dir writes all of them into files.',
          ja: 'これほど多い差異が、個別の編集だけで生じることはまれです。例のレコードをいくつか選び、どの処理の後から食い違う、または失われるのかを、同期ジョブとそのログで追ってください。--output-dir を付けると、全件をファイルに書き出します。',
        }
      : {
          en: 'Decide record by record which side is right; --output-dir writes all of them into files.',
          ja: 'どちらの側が正しいか、レコードごとに判断してください。--output-dir を付けると、全件をファイルに書き出します。',
        },
  ];
};

/** What no cause explains: it is stated, always last, and never hidden. It has no hypothesis; the comparison itself counts it. */
export const unexplained = defineSyncCause({
  id: 'sync.unexplained',
  title: { en: 'Differences without a known cause', ja: '既知の原因が見つからない差異' },
  about: {
    en: 'What is left when every known cause has been tried: single edits by people, or a fault that this program does not know. A few of them are normal between two systems in use. Many of them are worth a look at the examples, column by column.',
    ja: '既知の原因をすべて試したあとに残った差異です。担当者による個別の編集か、本プログラムがまだ知らない不具合です。稼働中のシステム間では、少数あるのが普通です。多い場合は、列ごとの例を確認してください。',
  },
  owner: 'user',
  severity: 'info',
  atOnce: ['changed', 'missing', 'extra'],
  hypotheses: [],
  because: ({ fact }) => situationOf(fact)?.says ?? restSaid(fact),
  steps: ({ fact }) => {
    switch (situationOf(fact)?.kind) {
      case 'empty-side':
        return [
          {
            en: 'Run the export of the empty side again, look in its log where it ended, and compare again.',
            ja: '空の側のエクスポートをもう一度実行し、ログで終了した箇所を確認してから、比較し直します。',
          },
        ];
      case 'other-keys':
      case 'strangers':
      case 'apart':
        return stepsForKeys(fact);
      case 'not-read':
        return [
          {
            en: 'Repair what could not be read (the first places are in this report), and compare again.',
            ja: '読み取れなかった箇所（最初の数か所はこのレポートにあります）を直し、比較し直します。',
          },
        ];
      case 'few':
        return stepsForRecords(fact);
      case undefined:
        return [
          ...stepsForStump(fact),
          ...stepsForParents(fact),
          ...stepsForRuns(fact),
          ...stepsForExtra(fact),
          ...stepsForRecords(fact),
        ];
    }
  },
});
