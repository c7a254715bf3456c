import { situationOf } from '../../../checks/sync/rest-situation.ts';
import type { Diagnosis } from '../../model/report.ts';
import type { ComparisonFact, DuplicatesFact, ScheduleFact, ValidationFact } from '../../model/sync/comparison.ts';
import { grouped, type Language, type Text } from '../../model/text.ts';
import { timeText } from '../../report/comparison/numbers.ts';
import { couldNotCheck, sourceFailureWords } from './failure-words.ts';
import type { Row } from './rows.ts';

type Asked = ValidationFact['sides'][number]['problems'][number]['rule'];

/** What is wrong with a value that the other side would refuse. */
const askedWords: Readonly<Record<Asked, Text>> = {
  required: { en: 'empty, but required', ja: '必須だが空欄' },
  type: { en: 'of another type', ja: '型が異なる' },
  length: { en: 'too long', ja: '文字数の超過' },
  option: { en: 'none of the options', ja: '選択肢にない値' },
  phone: { en: 'no phone number', ja: '電話番号ではない' },
  email: { en: 'no e-mail address', ja: 'メールアドレスではない' },
  postcode: { en: 'no postcode', ja: '郵便番号ではない' },
  date: { en: 'no date', ja: '日付ではない' },
  number: { en: 'no number', ja: '数値ではない' },
  range: { en: 'out of range', ja: '範囲外の数値' },
  check: { en: 'breaks a CHECK condition', ja: 'CHECK 条件に反する' },
  unique: { en: 'another record has it', ja: 'ほかのレコードと重複' },
  reference: { en: 'not in the table that it refers to', ja: '参照先に存在しない' },
};

type NotChecked = NonNullable<ValidationFact['sides'][number]['notChecked']>[number];

const notCheckedWords: Readonly<Record<NotChecked['why'], Text>> = {
  'not-understood': { en: 'not understood', ja: '内容を解釈できない' },
  'other-column': { en: 'it needs columns that are not compared', ja: '比べていない列が必要' },
  'no-answer': { en: 'the table that it refers to gave no answer', ja: '参照先のテーブルに問い合わせできない' },
  'too-many': { en: 'more than 4,000,000 values', ja: '値が 4,000,000 件を超える' },
  sample: { en: 'only a sample was looked at', ja: '抽出分しか調べていない' },
  'not-asked': { en: 'the other side could not be asked', ja: '相手側に問い合わせできない' },
};

/** What the target asks besides, by name: nobody is to take it for fulfilled. */
const butNot = (sides: ValidationFact['sides']): Text => {
  const all = sides.flatMap(({ notChecked = [] }) => notChecked);
  if (all.length === 0) return { en: '', ja: '' };
  const more = all.length - 5;
  const listed = (language: Language, between: string): string =>
    all
      .slice(0, 5)
      .map(({ constraint, why }) => {
        const word = notCheckedWords[why];
        return { en: `${constraint} (${word.en})`, ja: `${constraint}（${word.ja}）` }[language];
      })
      .join(between);
  return {
    en: `; not checked: ${listed('en', ', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`,
    ja: `。調べていない制約: ${listed('ja', '、')}${more > 0 ? ` ほか ${grouped(more)} 件` : ''}`,
  };
};

/** Of how many records that is said, where not all of them came over. */
const butOnly = (sides: ValidationFact['sides']): Text => {
  const looked = grouped(sides.reduce((n, { rows }) => n + rows, 0));
  switch (sides.find(({ only }) => only)?.only) {
    case undefined:
      return { en: '', ja: '' };
    case 'differing':
      return {
        en: `; only the ${looked} records that differ were looked at, the others stay in their database`,
        ja: `。調べたのは差異のある ${looked} 件だけです（ほかはデータベースにあり、読み取っていません）`,
      };
    case 'sample':
      return {
        en: `; this is of a sample of ${looked} records that differ, the others stay in their database`,
        ja: `。差異のあるレコードから抽出した ${looked} 件について調べた結果です（ほかはデータベースにあり、読み取っていません）`,
      };
  }
};

/** Records that the other side would refuse are a warning: nothing was refused yet. */
export const schemaRow = ({ sides }: ValidationFact): Row => {
  const failure = sides.find((side) => side.failure)?.failure;
  if (failure) return { status: 'unknown', says: sourceFailureWords(failure), facts: { sides } };
  const refused = sides.reduce((n, { rejected }) => n + rejected, 0);
  const [only, not] = [butOnly(sides), butNot(sides)];
  const but = { en: only.en + not.en, ja: only.ja + not.ja };
  if (refused === 0) {
    return {
      status: 'pass',
      says: {
        en: `no record breaks what the other side asks${but.en}`,
        ja: `相手側の条件に反するレコードはありません${but.ja}`,
      },
      facts: { sides },
    };
  }
  const worst = sides.flatMap(({ problems }) => problems).toSorted((a, b) => b.n - a.n);
  const shown = (language: Language) =>
    worst.slice(0, 3).map(({ column, rule, n }) => {
      const [count, word] = [grouped(n), askedWords[rule]];
      return { en: `${column} ${count} (${word.en})`, ja: `${column} ${count} 件（${word.ja}）` }[language];
    });
  return {
    status: 'warn',
    says: {
      en: `${grouped(refused)} records would be refused: ${shown('en').join(', ')}${but.en}`,
      ja: `${grouped(refused)} 件が登録を拒否される見込みです: ${shown('ja').join('、')}${but.ja}`,
    },
    facts: { sides },
  };
};

/** Differences that a critical cause explains fail; others are a warning (CONTRACT, severity). */
export const compareRow = (fact: ComparisonFact, diagnoses: readonly Diagnosis[]): Row => {
  const { counts, cut } = fact;
  const { missing, extra, changed, matched, repeated, rejected } = counts;
  const twice = repeated.left.rows + repeated.right.rows;
  const refused = rejected.left + rejected.right;
  const some = (n: number, en: string, ja: string): readonly Text[] =>
    n === 0 ? [] : [{ en: `${grouped(n)} ${en}`, ja: `${ja} ${grouped(n)} 件` }];
  const { underRule } = fact.changed;
  const notation =
    underRule === 0
      ? { en: '', ja: '' }
      : { en: ` (${grouped(underRule)} in notation only)`, ja: `（うち表記のみ ${grouped(underRule)} 件）` };
  const parts = [
    ...some(changed, 'changed', '内容が異なるもの').map(({ en, ja }) => ({
      en: en + notation.en,
      ja: ja + notation.ja,
    })),
    ...some(missing, 'missing', '不足'),
    ...some(extra, 'extra', '余分'),
    ...some(twice, 'with a repeated key', 'キー重複'),
    ...some(refused, 'rejected by format', '形式不正'),
  ];
  const of = { en: `${grouped(matched)} records on both sides`, ja: `両側にあるレコード ${grouped(matched)} 件` };
  const facts = { comparison: fact };
  if (cut) {
    const why = sourceFailureWords(cut.failure);
    return {
      status: couldNotCheck(cut.failure) ? 'unknown' : 'fail',
      says: {
        en: `only a part could be compared: ${why.en}; of what was read: ${[of, ...parts].map(({ en }) => en).join(', ')}`,
        ja: `一部しか比べられませんでした: ${why.ja}。読み取れた範囲では、${[of, ...parts].map(({ ja }) => ja).join('、')}`,
      },
      facts,
    };
  }
  const isGrave = diagnoses.some(({ severity }) => severity === 'critical');
  // No value was held against another one: nothing is known of them.
  if (!isGrave && matched === 0 && situationOf(fact)?.kind === 'other-keys') {
    return {
      status: 'unknown',
      says: {
        en: `no key is on both sides, so no record could be compared: ${parts.map(({ en }) => en).join(', ')}`,
        ja: `両側に共通するキーがなく、レコードを比べられませんでした: ${parts.map(({ ja }) => ja).join('、')}`,
      },
      facts,
    };
  }
  if (parts.length === 0) {
    // A column that is compared with nothing is no difference, and yet not all is well.
    const warned = diagnoses.some(({ severity }) => severity === 'warning');
    const equal = { en: `all ${of.en} are equal`, ja: `${of.ja}がすべて一致しています` };
    const compared = {
      en: `${equal.en} in the columns that are compared`,
      ja: `比べた列では、${equal.ja}`,
    };
    return { status: isGrave ? 'fail' : warned ? 'warn' : 'pass', says: isGrave || warned ? compared : equal, facts };
  }
  return {
    // A side without any record beside one that has some is an export that did not run.
    status: (counts.left === 0) !== (counts.right === 0) || isGrave ? 'fail' : 'warn',
    says: { en: [...parts, of].map(({ en }) => en).join(', '), ja: [...parts, of].map(({ ja }) => ja).join('、') },
    facts,
  };
};

const countOf = (n: number, what: 'group' | 'pair'): string => `${grouped(n)} ${what}${n === 1 ? '' : 's'}`;

/** Candidates are a warning: whether they are one is for a person to say. */
export const duplicatesRow = (fact: DuplicatesFact): Row => {
  const { pairs, groups, failure, dropped, candidates } = fact;
  // As far as they are listed.
  const across = candidates.length > 0 && candidates.every(({ within }) => within === 'across');
  const facts = { duplicates: fact };
  if (failure) return { status: 'unknown', says: sourceFailureWords(failure), facts };
  const notSeen =
    dropped.length === 0
      ? ''
      : dropped
          .slice(0, 2)
          .map(({ by }) => by)
          .join(', ');
  const but = {
    en: notSeen === '' ? '' : `; not every pair was looked at where very many share a value (${notSeen})`,
    ja: notSeen === '' ? '' : `。同じ値のレコードが非常に多い部分（${notSeen}）は、すべての組み合わせを調べていません`,
  };
  if (pairs === 0) {
    return {
      status: 'pass',
      says: {
        en: `no two records look like the same one${but.en}`,
        ja: `同一と思われるレコードはありません${but.ja}`,
      },
      facts,
    };
  }
  return {
    status: 'warn',
    says: {
      en: `${countOf(groups, 'group')} of records ${groups === 1 ? 'looks' : 'look'} like ${across ? 'one record under another key on each side' : 'one record entered several times'} (${countOf(pairs, 'pair')})${but.en}`,
      ja: `${across ? '両側に別のキーで登録された、' : ''}同一と思われるレコードが ${grouped(groups)} 組あります（${grouped(pairs)} 対）${but.ja}`,
    },
    facts,
  };
};

/** So many logs that could not be read are named in the row; all of them are in its evidence. */
const mostLost = 3;

/**
 * Pauses, failed and throttled runs are a warning; a log that could not be read leaves open what else there is; without any word of a
 * schedule the check is skipped.
 */
export const scheduleRow = (fact: ScheduleFact): Row => {
  const { lastSync, intervalMs, runs, gaps, logFailures } = fact;
  const facts = { schedule: fact };
  if (lastSync === undefined && intervalMs === undefined && runs.length === 0 && logFailures.length === 0) {
    return {
      status: 'skip',
      says: {
        en: 'neither lastSync, interval nor logs are given',
        ja: 'lastSync、interval、logs のどれも指定されていません',
      },
      because: { en: 'nothing is known of the schedule', ja: '同期の予定がわかりません' },
    };
  }
  const failed = runs.filter((run) => run.failed).length;
  const throttled = runs.filter((run) => run.throttled).length;
  const some = (n: number, what: string, en: string, ja: string): readonly Text[] =>
    n === 0 ? [] : [{ en: `${grouped(n)} ${what}${n === 1 ? '' : 's'}${en}`, ja: `${ja} ${grouped(n)} 件` }];
  const bad = [
    ...some(gaps.length, 'pause', ' longer than the interval promises', '予定の間隔を超えた中断'),
    ...some(failed, 'failed run', '', '失敗した実行'),
    ...some(throttled, 'throttled run', '', '利用制限にかかった実行'),
  ];
  const last: readonly Text[] =
    lastSync === undefined ? [] : [{ en: `last sync ${timeText(lastSync)}`, ja: `最後の同期 ${timeText(lastSync)}` }];
  const known = some(runs.length, 'run', ' in the log', 'ログにある実行');
  const lost = logFailures.slice(0, mostLost).map(({ file, says }): Text => {
    return { en: `the log cannot be read: ${file}: ${says}`, ja: `ログを読み取れません: ${file}: ${says}` };
  });
  const told = [...bad, ...lost, ...last, ...known];
  const nothing: Text = { en: 'nothing speaks against the schedule', ja: '予定に反する点は見つかりません' };
  const all = told.length === 0 ? [nothing] : told;
  return {
    status: bad.length > 0 ? 'warn' : lost.length > 0 ? 'unknown' : 'pass',
    says: { en: all.map(({ en }) => en).join(', '), ja: all.map(({ ja }) => ja).join('、') },
    facts,
  };
};
