import type { ColumnType } from '../../model/sync/column.ts';
import type { NormalRule } from '../../model/sync/normal.ts';
import { eraDate, eraDay } from '../../reason/values/era-date.normal.ts';
import { excelSerialDate, serialTime } from '../../reason/values/excel-serial-date.normal.ts';
import { invisible } from '../../reason/values/invisible.normal.ts';
import { numberFormat } from '../../reason/values/number-format.normal.ts';
import { trimEnds } from '../../reason/values/trim-ends.ts';
import { unicodeForm } from '../../reason/values/unicode.normal.ts';
import { widthDigits } from '../../reason/values/width-digits.normal.ts';
import { widthKanaFull } from '../../reason/values/width-kana-full.normal.ts';
import { widthLatin } from '../../reason/values/width-latin.normal.ts';

/**
 * Causes that made one value out of the other, exactly, and tell on which side: the other side still has the value. Not among them are
 * those in which either side may be the wrong one (time zones, days and months, amounts), and those whose right value is nowhere
 * (defaults, picklists without a mapping).
 */
export const damages: ReadonlySet<string> = new Set([
  'sync.mojibake-sjis-as-latin1',
  'sync.mojibake-utf8-as-latin1',
  'sync.mojibake-utf8-as-sjis',
  'sync.mojibake-euc',
  'sync.mojibake-double-utf8',
  'sync.mojibake-lossy-replacement',
  'sync.charset-unmappable',
  'sync.utf8mb3-four-byte',
  'sync.html-entity-escaped',
  'sync.text-truncated-chars',
  'sync.text-truncated-bytes',
  'sync.leading-zero-lost',
  'sync.scientific-notation',
  'sync.null-token',
  'sync.column-not-mapped',
]);

/** Causes by which a record was never handed over, though nothing speaks against it. */
export const losses: ReadonlySet<string> = new Set([
  'sync.page-boundary-lost',
  'sync.page-lost',
  'sync.result-window-cap',
  'sync.cursor-tie-lost',
  'sync.cursor-boundary-lost',
  'sync.scheduler-stopped',
  'sync.outage-window',
  'sync.rate-limit-partial',
  'sync.export-truncated',
]);

/** Whether the first notation is the good one of two that mean the same. */
type IsCanonical = (good: string, other: string, type: ColumnType) => boolean;

const byRules =
  (...rules: readonly NormalRule[]): IsCanonical =>
  (good, other) => {
    const folded = (value: string): string | undefined =>
      rules.reduce<string | undefined>(
        (text, { canonical }) => (text === undefined ? undefined : canonical(text)),
        value,
      );
    return folded(good) === good && folded(other) === good;
  };

const byExcel = byRules(excelSerialDate);
const byEra = byRules(eraDate);
const byWidth = byRules(widthDigits, widthLatin, widthKanaFull);
const byNumber = byRules(numberFormat);
const isPlainNumber = (value: string): boolean => /^-?\d+(?:\.\d+)?$/.test(value);

/** Values of these types are written in half width everywhere; names and addresses are kept in full width by many on purpose. */
const halfWidth: readonly ColumnType[] = ['phone', 'postcode', 'email', 'number', 'amount', 'date', 'timestamp', 'id'];

/**
 * Notations of which one is the good one whatever an organisation has agreed on. A telephone number with hyphens, kana in half width for
 * the bank, 髙 for 高, CRLF for LF: all of these may be meant, and are nobody's to change.
 */
export const notations: Readonly<Record<string, IsCanonical>> = {
  'sync.width-fullwidth': (good, other, type) => halfWidth.includes(type) && byWidth(good, other, type),
  'sync.unicode-normalization': byRules(unicodeForm),
  'sync.invisible-characters': byRules(invisible),
  // 1000.00 is how a decimal column writes 1000: only what is no bare number is odd.
  'sync.number-format': (good, other, type) => !isPlainNumber(other) && byNumber(good, other, type),
  // Blanks at the ends alone: one within may be there for its width.
  'sync.whitespace': (good, other) => trimEnds(other, (sign) => /[\s\u3000]/u.test(sign)) === good,
  'sync.letter-case': (good, other, type) => type === 'email' && good === other.toLowerCase(),
  'sync.excel-serial-date': (good, other) => serialTime(other) !== undefined && byExcel(good, other, 'date'),
  'sync.era-date': (good, other, type) => type === 'date' && eraDay(other) !== undefined && byEra(good, other, type),
};
