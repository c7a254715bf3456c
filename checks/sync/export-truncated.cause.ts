import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Text } from '../../src/model/text.ts';
import { type Order, orderIn, orders, presentUpTo } from '../../src/reason/rows/positions.ts';
import { numberIn } from '../../src/reason/rows/said.ts';
import { isMissingFile, missingFileSteps, missingFiles, missingFileText } from './missing-file.ts';
import { refusedRecords } from './refused-records.ts';

/** Rows that a sheet holds (with and without its header): the old and the new format of Excel. */
const sheetRows = [65_535, 65_536, 1_048_575, 1_048_576];

type Why = 'record-cut' | 'row-limit' | 'sheet-rows';

const exportAgain = (detail: Readonly<Record<string, unknown>>): readonly Text[] => [
  detail.refused === true || detail.why === 'record-cut'
    ? {
        en: 'Export and transfer the file again, and compare its size with that of the original.',
        ja: 'エクスポートと転送をやり直し、元のファイルとサイズが同じか確認します。',
      }
    : {
        en: 'Export again: as CSV in place of a spreadsheet, or in several files by date.',
        ja: 'Excel ではなく CSV で出力するか、期間ごとに分割して、エクスポートをやり直します。',
      },
  {
    en: 'Check free space and the transfer log, and transfer under a temporary name that is changed only at the end.',
    ja: '空き容量と転送ログを確認し、転送中は仮のファイル名を使い、完了後に名前を変更するようにします。',
  },
];

export const exportTruncated = defineSyncCause({
  id: 'sync.export-truncated',
  title: { en: 'The export is not complete', ja: 'エクスポートが最後まで揃っていません' },
  about: {
    en: 'The file was cut: the transfer broke off, the disk was full, or the program has a limit of rows (Excel holds 1,048,576). Everything after the cut is missing, and the last record may be half. Of an export in several files one may lack as a whole.',
    ja: 'ファイルが途中で切れています。転送の中断、ディスク容量の不足、ソフトの行数上限（Excel は 1,048,576 行）などが原因です。切れた位置より後のレコードはすべて欠け、最後のレコードが途中までのこともあります。複数のファイルに分かれたエクスポートでは、1 つが丸ごと欠けることもあります。',
  },
  owner: 'crm-admin',
  hypotheses: [
    rowsHypothesis<{ order: Order; from: number; why: Why }>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.002,
      propose: (view) => {
        const { notes } = view.sources.right;
        // Where the list stops says nothing by itself; that the file ends in the middle, or where a sheet is full, does.
        const why: Why | undefined = notes.some(({ id }) => id === 'truncated-last-record')
          ? 'record-cut'
          : notes.some(({ id }) => id === 'row-limit')
            ? 'row-limit'
            : sheetRows.includes(view.counts.right)
              ? 'sheet-rows'
              : undefined;
        if (!why) return [];
        return orders
          .map((order) => ({ params: { order, from: presentUpTo(view, { order, asRead: false }, 'first').kept, why } }))
          .filter(({ params: { from } }) => from > 0 && from < view.counts.left);
      },
      holds: ({ ranks }, { order, from }) => {
        const rank = ranks[order];
        return rank !== undefined && rank >= from;
      },
    }),
    ...refusedRecords('cut-record'),
    ...missingFiles,
  ],
  because: (told) => {
    const { main, fact, share } = told;
    const { detail } = main;
    if (isMissingFile(detail)) return missingFileText(told, detail);
    if (detail.refused === true) {
      const { name } = detail.side === 'left' ? fact.left : fact.right;
      return {
        en: `${name} ends in the middle of its last record, without a line end. That record seems to be on the other side only; it is here as well, cut off, and cannot be read.`,
        ja: `${name} は最後のレコードの途中で終わっていて、改行もありません。このレコードは、もう片側にしかないように見えますが、${name} にもあり、途中で切れているため読み取れません。`,
      };
    }
    const why = {
      'record-cut': {
        en: 'the last record of the file is cut off',
        ja: 'ファイルの最後のレコードが途中で切れています',
      },
      'row-limit': { en: 'the sheet is full to its last row', ja: 'シートが最終行まで埋まっています' },
      'sheet-rows': { en: 'the number of rows is that of a full sheet', ja: '行数がシートの上限と一致しています' },
    }[detail.why === 'record-cut' ? 'record-cut' : detail.why === 'row-limit' ? 'row-limit' : 'sheet-rows'];
    return {
      en: `Of the missing records, ${share.en} come after record ${numberIn(detail.from)} in the order of ${orderIn(detail).en}; nothing after it is present, and ${why.en}.`,
      ja: `不足レコード ${share.ja}は、${orderIn(detail).ja}順で ${numberIn(detail.from)} 件目より後にあり、それより後は 1 件も連携先にありません。また、${why.ja}。`,
    };
  },
  steps: ({ main: { detail } }) => [
    ...(isMissingFile(detail) ? missingFileSteps(detail) : exportAgain(detail)),
    {
      en: 'Compare the number of rows with the count that the CRM reports before the file is imported.',
      ja: '取り込む前に、行数を CRM の総件数と照合します。',
    },
  ],
});
