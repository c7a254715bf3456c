import type { Told } from '../../src/model/sync/cause.ts';
import { type RowsHypothesis, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import type { Text } from '../../src/model/text.ts';
import { missingRuns, type Order, orderIn, orders, runAt } from '../../src/reason/rows/positions.ts';
import { both } from '../auth/words.ts';
import { valuesText } from './values-text.ts';

/** Of numbered files some are not there, and records that were in them lack on that side. */
export interface MissingFile extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly files: readonly string[];
  readonly there: number;
  /** By which the records stand side by side; absent: the files hold no stretch of any order. */
  readonly order?: Order;
}

export const isMissingFile = (detail: Readonly<Record<string, unknown>>): detail is MissingFile => 'files' in detail;

/** So many side by side are no single losses. */
const shortest = 20;
/** Files of one export hold about as many records each. */
const likeness = 2;

const lackingIn = ({ sources }: ComparisonView, side: Side): MissingFile | undefined => {
  const [note] = sources[side].notes.flatMap(({ files }) => files ?? []);
  return note && { side, files: note.missing, there: note.there };
};

/** The order in which most of the missing records stand side by side, if it is half of them. */
const stretchesOf = (view: ComparisonView): Order | undefined => {
  const [best] = orders
    .map((order) => {
      const long = missingRuns(view, { order, asRead: false }).filter(({ start, end }) => end - start >= shortest);
      return { order, rows: long.reduce((total, { start, end }) => total + end - start, 0) };
    })
    .toSorted((a, b) => b.rows - a.rows);
  return best && best.rows >= 0.5 * view.counts.missing ? best.order : undefined;
};

/** Whether about as many records lack as such files would hold. */
const isThatMany = ({ files, there }: MissingFile, lone: number, { counts }: ComparisonView): boolean => {
  const expected = (files.length / there) * counts.matched;
  return lone * likeness >= expected && lone <= likeness * expected;
};

export const missingFiles: readonly RowsHypothesis[] = [
  rowsHypothesis<MissingFile>({
    effect: 'wrong',
    population: 'missing',
    // Present rows were in the files that are there: that a file lacks is seen from its neighbours.
    ownChance: true,
    propose: (view) => {
      const params = lackingIn(view, 'right');
      if (!params) return [];
      const order = stretchesOf(view);
      if (order) return [{ params: { ...params, order } }];
      return isThatMany(params, view.counts.missing, view) ? [{ params }] : [];
    },
    holds: (row, { order }, view) => {
      if (order === undefined) return true;
      const rank = row.ranks[order];
      const run = rank === undefined ? undefined : runAt(missingRuns(view, { order, asRead: false }), rank);
      return run !== undefined && run.end - run.start >= shortest;
    },
  }),
  rowsHypothesis<MissingFile>({
    effect: 'wrong',
    population: 'extra',
    ownChance: true,
    propose: (view) => {
      const params = lackingIn(view, 'left');
      return params && isThatMany(params, view.counts.extra, view) ? [{ params }] : [];
    },
    holds: () => true,
  }),
];

export const missingFileText = ({ fact, main, share }: Told, { side, files, order }: MissingFile): Text => {
  const { name } = fact[side];
  const names = valuesText(files);
  const records = main.population === 'extra' ? both('extra', '余分な') : both('missing', '不足');
  const where = order
    ? both(`stand side by side in the order of ${orderIn({ order }).en}`, `${orderIn({ order }).ja}順で連続しています`)
    : both('are about as many as such files hold', '件数がファイル数から見込まれる量とほぼ一致します');
  return both(
    `Of the numbered files of ${name}, ${names.en} ${files.length === 1 ? 'is' : 'are'} not there. Of the ${records.en} records, ${share.en} ${where.en}: they were in ${files.length === 1 ? 'it' : 'them'}.`,
    `${name} の番号付きファイルのうち、${names.ja}がありません。${records.ja}レコード ${share.ja}は${where.ja}。そのファイルに入っていたレコードです。`,
  );
};

export const missingFileSteps = ({ files }: MissingFile): readonly Text[] => [
  both(
    `Look for ${valuesText(files).en} where the export wrote it, in the transfer log and under another name, and put it to the others; if it is nowhere, export again.`,
    `${valuesText(files).ja}を、エクスポートの出力先、転送ログ、別の名前のファイルの中から探し、ほかのファイルと同じ場所に置きます。見つからなければエクスポートし直します。`,
  ),
  both(
    'Let the export write the number of its files and records last of all, and the import stop where they do not agree.',
    'エクスポートの最後にファイル数と総件数を書き出し、取り込み側で一致しなければ停止するようにします。',
  ),
];
