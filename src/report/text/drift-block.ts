import { wrap } from '../../i18n/wrap.ts';
import type { Report } from '../../model/report.ts';
import { driftTold } from '../drift.ts';
import { severityWords } from '../words.ts';
import type { Page } from './page.ts';
import { hanging, markOf } from './page.ts';

const mostChanges = 8;

/** What is other than it was, whether or not it has to do with what fails. */
export const driftBlock = (page: Page, report: Report): readonly string[] => {
  const { language, verbose, measure, clean, ink, say, plain } = page;
  const told = driftTold(report, language, verbose ? undefined : mostChanges);
  if (!told) return [];
  return [
    ...wrap(clean(told.title), measure).map((line) => ink.bold(line)),
    ...told.changes.flatMap(({ severity, says }) => {
      const mark = markOf(page, severity, severityWords[severity]);
      if (plain) return hanging('  ', `${say(severityWords[severity])}: ${clean(says)}`, measure);
      return hanging(`  ${mark.sign} `, clean(says), measure).map((line, index) =>
        index === 0 ? line.replace(mark.sign, mark.paint(mark.sign)) : line,
      );
    }),
    ...(told.more === undefined ? [] : hanging('  ', told.more, measure)),
    ...(told.advice ? hanging('  ', told.advice.before + told.advice.command, measure) : []),
  ];
};
