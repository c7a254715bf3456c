import { width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Example } from '../../model/sync/comparison.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import { differingFields, nameOfField } from '../comparison/fields.ts';
import { type Spotted, spot } from '../comparison/spot.ts';
import { comparisonWords as words } from '../comparison/words.ts';
import { edge, part } from './comparison-tables.ts';
import type { Page } from './page.ts';
import { below } from './page.ts';
import type { TableColumn } from './table.ts';
import { cutText } from './table.ts';

const mostExamples = 6;

/** The two values with the difference between marks; what the columns do not hold is cut away from it. */
const spotted = (page: Page, { before, left, right, after }: Spotted, room: number): readonly [string, string] => {
  const [open, close] = page.ascii || page.plain ? (['[', ']'] as const) : (['‹', '›'] as const);
  // Masked values may be the same though the true ones are not.
  if (left === '' && right === '') return [cutText(page, before + after, room), cutText(page, before + after, room)];
  if (before === '' && after === '') return [cutText(page, left, room), cutText(page, right, room)];
  const least = Math.min(6, width(before)) + Math.min(6, width(after));
  const middle = Math.min(Math.max(width(left), width(right)), Math.max(4, room - 2 - least));
  const around = Math.max(0, room - 2 - middle);
  const head = cutText(page, before, Math.max(around - width(after), Math.floor(around / 2)), 'end');
  const tail = cutText(page, after, around - width(head));
  const one = (differing: string): string => `${head}${open}${cutText(page, differing, middle)}${close}${tail}`;
  return [one(left), one(right)];
};

/** A blank that differs, where only ASCII may stand. */
const withoutSigns = ({ before, left, right, after }: Spotted): Spotted => ({
  before,
  left: left.replaceAll('␣', '\\x20'),
  right: right.replaceAll('␣', '\\x20'),
  after,
});

const marks = /‹[^›]*›?|\[[^\]]*\]?/g;

/** `key: left | right`, the bars below each other. */
export const examplesPart = (page: Page, comparison: ComparisonReport): readonly string[] => {
  const { say, clean, ink, verbose, columns: room, narrow } = page;
  const told = differingFields(comparison).flatMap((field) =>
    field.examples.slice(0, verbose ? 10 : 1).map((example) => ({
      name: verbose ? clean(nameOfField(field)) : cutText(page, clean(nameOfField(field)), 40),
      key: verbose ? clean(example.key) : cutText(page, clean(example.key), 32),
      example,
    })),
  );
  if (told.length === 0) return [];
  const listed = verbose ? told : told.slice(0, mostExamples);
  const nameWidth = Math.min(20, Math.max(...listed.map(({ name }) => width(name))));
  const keyWidth = Math.min(16, Math.max(...listed.map(({ key }) => width(key))));
  // On a narrow page the two values stand below each other, which shows as well where they differ.
  const each = narrow ? Math.max(8, room - 6) : Math.max(10, Math.floor((room - edge - nameWidth - keyWidth - 9) / 2));
  const values = ({ left, right }: Example): readonly [string, string] => {
    const pair = spot(clean(left ?? ''), clean(right ?? ''));
    const shown = spotted(
      page,
      page.ascii || page.plain ? withoutSigns(pair) : pair,
      verbose ? Math.max(each, 200) : each,
    );
    const orEmpty = (value: string): string => (value === '' ? say(words.empty) : value);
    return [orEmpty(shown[0]), orEmpty(shown[1])];
  };
  if (narrow) {
    return [
      ...wrap(say(words.examples), room).map((line) => ink.bold(line)),
      ...listed.flatMap(({ name, key, example }) => [
        ...below(wrap(`${name} ${key}`, Math.max(2, room - 2)), room < 24 ? 0 : 2),
        ...values(example).flatMap((value) =>
          below(wrap(value, Math.max(2, room - 4)), room < 24 ? 0 : 4).map((line) =>
            line.replace(marks, (found) => ink.red(found)),
          ),
        ),
      ]),
    ];
  }
  const columns: readonly TableColumn[] = [
    { head: say(words.column), least: 8, most: 20 },
    { head: say(words.key), least: 6, most: 16, paint: (line) => ink.dim(line) },
    { head: say(words.left), least: 8, paint: (line) => line.replace(marks, (found) => ink.red(found)) },
    ...(page.plain ? [] : [{ head: '' }]),
    { head: say(words.right), least: 8, paint: (line) => line.replace(marks, (found) => ink.green(found)) },
  ];
  const rows = listed.map(({ name, key, example }) => {
    const [left, right] = values(example);
    return page.plain ? [name, key, left, right] : [name, key, left, '|', right];
  });
  return part(page, say(words.examples), columns, rows);
};
