import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { type Detail, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Text } from '../../src/model/text.ts';
import { isAcceptable, ruleFor } from '../../src/reason/rows/acceptable.ts';
import { type Breaking, breakingSigns, hasSign } from '../../src/reason/rows/breaking-signs.ts';
import { breakingWords } from './breaking-words.ts';
import { breakingDemands } from './demanded.ts';

/** What a table asks of a record as a whole, and how these break it; undefined: the rule is one of a single column. */
const demanded = ({ rule, name, asks }: Detail): Text | undefined => {
  const [columns, demand] = [String(name), String(asks)];
  switch (rule) {
    case 'check':
      return {
        en: `break a condition that the target's table puts on ${columns} (${demand})`,
        ja: `、連携先のテーブルが ${columns} に課す条件（${demand}）に反しています`,
      };
    case 'reference':
      return {
        en: `name a record in ${columns} that is not in ${demand} of the target`,
        ja: `、${columns} の値が連携先の ${demand} に存在しません`,
      };
    case 'parent':
      return {
        en: `name in ${columns} a record of the same table (${demand}) that is missing on the target itself`,
        ja: `、${columns} が参照する同じテーブルのレコード（${demand}）自体も連携先に不足しています`,
      };
    default:
      return undefined;
  }
};

/** The kind of characters at which these records break; undefined: they break at something else. */
const brokenAt = ({ sign }: Detail) => Object.entries(breakingWords).find(([kind]) => kind === sign)?.[1];

/** What to do about the rule that is broken. */
const mending = (detail: Detail): Text => {
  const { rule, name } = detail;
  const broken = brokenAt(detail);
  if (broken) return broken.mending;
  const column = String(name);
  switch (rule) {
    case 'options':
      return {
        en: `Add the values of ${column} to the list of the target, or map them to values that it has.`,
        ja: `${column} の値を連携先の選択肢に追加するか、既存の選択肢に対応付けます。`,
      };
    case 'reference':
      return {
        en: `Load the records that ${column} names into the target first, or correct ${column}; then let the job load them in this order.`,
        ja: `${column} の参照先を先に連携先へ登録するか、${column} の値を修正します。ジョブも、参照先を先に登録する順序にします。`,
      };
    case 'parent':
      return {
        en: `Find out first why the records that ${column} names are missing (see the other causes, and what is left without one); then let the job load parents before their children, or set ${column} in a second pass.`,
        ja: `まず、${column} の参照先が不足している理由を調べます（ほかの原因や、原因不明として残ったレコードをご覧ください）。そのうえで、親を先に登録するか、${column} を 2 回目の処理で設定するようジョブを直します。`,
      };
    default:
      return {
        en: `Correct ${column} in these records, and check it where it is entered.`,
        ja: `該当レコードの ${column} を修正し、入力時にも検査します。`,
      };
  }
};

export const validationRejected = defineSyncCause({
  id: 'sync.validation-rejected',
  title: {
    en: 'Records with a value that the target does not accept are refused',
    ja: '連携先の入力規則に合わないレコードが拒否されています',
  },
  about: {
    en: 'The target checks what is written: a list of allowed values, the form of an e-mail address, a telephone number, a date, a condition of its table, a record that has to be there before another one names it. Or a step on the way breaks at a character: a line break, an apostrophe, an emoji. Records that break the rule are refused as a whole, and the job goes on.',
    ja: '連携先は、選択肢、メールアドレス・電話番号・日付の形式、テーブルの条件、参照先の有無などを検査します。改行や引用符、絵文字などの文字で途中の処理が失敗することもあります。規則に合わない値を含むレコードはレコードごと拒否され、ジョブはそのまま続きます。',
  },
  owner: 'crm-admin',
  // Records that are there and cannot be read are not refused by what is in them.
  unless: ['sync.column-shift', 'sync.file-encoding'],
  hypotheses: [
    rowsHypothesis<{ column: number; name: string; rule: 'options' | 'form' }>({
      effect: 'wrong',
      population: 'missing',
      propose: (view) =>
        view.columns.flatMap((column) => {
          const rule = column.key ? undefined : ruleFor(column);
          if (!rule) return [];
          const refused = view.missing.filter(({ values }) => !isAcceptable(column, values[column.at] ?? '')).length;
          return refused < 20 ? [] : [{ params: { column: column.at, name: column.left, rule } }];
        }),
      holds: ({ values }, { column }, view) => {
        const about = view.columns[column];
        return about !== undefined && !isAcceptable(about, values[column] ?? '');
      },
    }),
    rowsHypothesis<Breaking>({
      effect: 'wrong',
      population: 'missing',
      propose: (view) => breakingSigns(view).map((params) => ({ params })),
      holds: ({ values }, { column, sign }) => hasSign(values[column] ?? '', sign),
    }),
    breakingDemands((rule) => rule !== 'unique'),
  ],
  because: ({ main: { detail }, share }) => {
    const said = demanded(detail);
    if (said) {
      return {
        en: `${share.en} missing records ${said.en}; of the records that were copied (nearly) none is like that: the target refuses them.`,
        ja: `不足レコード ${share.ja}は${said.ja}。同期済みのレコードにはほぼ見られず、連携先に拒否されています。`,
      };
    }
    const broken = brokenAt(detail);
    if (broken) {
      return {
        en: `${share.en} missing records have ${broken.called.en} in ${String(detail.name)}; among the records that were copied there is (nearly) none: what carries or writes them breaks at it.`,
        ja: `不足レコード ${share.ja}は ${String(detail.name)} に${broken.called.ja}を含みます。同期済みのレコードにはほぼ見られず、転送または書き込みの処理がこの文字で失敗しています。`,
      };
    }
    return {
      en: `${share.en} missing records have a value in ${String(detail.name)} that ${detail.rule === 'options' ? 'is not among the allowed values of the target' : 'does not have the form of such a column'}; among the records that were copied there is (nearly) none: the target refuses them.`,
      ja: `不足レコード ${share.ja}は ${String(detail.name)} の値が${detail.rule === 'options' ? '連携先の選択肢にありません' : '項目の形式に合っていません'}。同期済みのレコードにはほぼ見られず、連携先の入力規則で拒否されています。`,
    };
  },
  steps: ({ main: { detail } }) => [
    mending(detail),
    {
      en: 'Let the job report every record that the target refuses, with the words of the refusal.',
      ja: '連携先に拒否されたレコードを、エラー文とともにジョブから通知します。',
    },
    { en: 'Send the refused records again.', ja: '拒否されたレコードを再送します。' },
  ],
});
