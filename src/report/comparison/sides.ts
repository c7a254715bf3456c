import { formatMs } from '../../i18n/format.ts';
import type { ComparedSide, ComparisonReport } from '../../model/sync/report.ts';
import type { RejectedRecord } from '../../model/sync/source.ts';
import { grouped, type Language } from '../../model/text.ts';
import { bytesText, listed } from './numbers.ts';
import { rejectedWords } from './words.ts';

/** `csv, utf-8, 15 columns, 1.5 MiB` */
export const sideText = ({ format, encoding, columns, bytes }: ComparedSide, language: Language): string =>
  listed(
    [
      format,
      ...(encoding === undefined ? [] : [encoding]),
      language === 'ja' ? `${grouped(columns)} 列` : `${grouped(columns)} ${columns === 1 ? 'column' : 'columns'}`,
      ...(bytes === undefined ? [] : [bytesText(bytes)]),
    ],
    language,
  );
/** A record that is none: where it stands and why. */
export const rejectedText = ({ why, file, row, line, byte, shown }: RejectedRecord, language: Language): string => {
  const ja = language === 'ja';
  const place = [
    ...(file === undefined ? [] : [file]),
    ...(line === undefined ? [] : [ja ? `${grouped(line)} 行目` : `line ${grouped(line)}`]),
    ...(line === undefined && row !== undefined ? [ja ? `${grouped(row)} 件目` : `record ${grouped(row)}`] : []),
    ...(line === undefined && row === undefined && byte !== undefined
      ? [ja ? `${grouped(byte)} バイト目` : `byte ${grouped(byte)}`]
      : []),
  ].join(' ');
  const says = rejectedWords[why][language];
  return `${place === '' ? '' : `${place}: `}${says}${shown === undefined ? '' : `: ${shown}`}`;
};

/** How long the comparison took, and of what. */
export const workText = ({ work, rows }: ComparisonReport, language: Language): string => {
  const ja = language === 'ja';
  const { engine, ms, rowsPerSecond, temporaryBytes, transferredBytes } = work;
  const records = grouped(rows.left + rows.right);
  return listed(
    [
      ja
        ? `${records} 件を ${formatMs(ms, language)}で比較（毎秒 ${grouped(rowsPerSecond)} 件）`
        : `${records} records in ${formatMs(ms, language)} (${grouped(rowsPerSecond)} rows/s)`,
      ja ? `処理方式 ${engine}` : `engine ${engine}`,
      ...(temporaryBytes > 0
        ? [ja ? `一時ファイル ${bytesText(temporaryBytes)}` : `temporary files ${bytesText(temporaryBytes)}`]
        : []),
      ...(transferredBytes === undefined
        ? []
        : [ja ? `転送量 ${bytesText(transferredBytes)}` : `transferred ${bytesText(transferredBytes)}`]),
    ],
    language,
  );
};

/** Columns that are compared with nothing. */
export const unmappedTexts = ({ unmapped }: ComparisonReport, language: Language): readonly string[] =>
  (['left', 'right'] as const).flatMap((side) => {
    const names = unmapped[side];
    if (names.length === 0) return [];
    const word = { left: { en: 'left', ja: '左' }, right: { en: 'right', ja: '右' } }[side][language];
    return [`${word}: ${listed(names, language)}`];
  });
