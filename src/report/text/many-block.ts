import { width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { ManyGroup } from '../../model/many.ts';
import type { Report } from '../../model/report.ts';
import { exampleNote, groupNames, groupWords, mergeWords, spanWords } from '../many.ts';
import { severityWords, statusWords } from '../words.ts';
import type { Mark, Page } from './page.ts';
import { hanging, headline, markOf } from './page.ts';

const markFor = (page: Page, { severity }: ManyGroup): Mark =>
  severity === 'unknown'
    ? markOf(page, 'unknown', statusWords.unknown)
    : markOf(page, severity, severity === 'critical' ? statusWords.fail : severityWords[severity]);

/** What many mailboxes have alike, before anything about one of them. */
export const manyBlock = (page: Page, { many }: Report): readonly string[] => {
  if (!many) return [];
  const { language, clean, ink, measure, say, verbose } = page;
  const marks = many.groups.map((group) => markFor(page, group));
  const wordWidth = Math.max(0, ...marks.map(({ word }) => width(word)));
  return [
    ...wrap(clean(spanWords(many, language)), measure).map((line) => ink.bold(line)),
    ...mergeWords(many, language).flatMap((words) => wrap(clean(words), measure).map((line) => ink.yellow(line))),
    ...many.groups.flatMap((group, index) => {
      const mark = marks[index];
      if (!mark) return [];
      return [
        ...headline(page, {
          mark,
          title: clean(groupWords(group, language)),
          aside: group.cause ?? group.check ?? '',
          wordWidth,
        }),
        ...hanging('  ', clean(groupNames(group, language, verbose)), measure),
      ];
    }),
    ...(verbose || many.groups.length === 0 ? [] : wrap(say(exampleNote), measure).map((line) => ink.dim(line))),
  ];
};
