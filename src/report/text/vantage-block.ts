import { wrap } from '../../i18n/wrap.ts';
import type { Report } from '../../model/report.ts';
import { vantageWords } from '../vantage.ts';
import type { Page } from './page.ts';
import { hanging } from './page.ts';

/** The CRM's host beside this machine: the sentence first, then what differs and where each cause is seen. */
export const vantageBlock = (page: Page, report: Report): readonly string[] => {
  const { clean, ink, language, measure, signs } = page;
  const words = vantageWords(report, language);
  if (!words) return [];
  const title = words.machine === undefined ? words.title : `${words.title} (${words.machine})`;
  const item = (text: string): readonly string[] => hanging(`  ${signs.skip} `, clean(text), measure);
  return [
    ...wrap(clean(title), measure).map((line) => ink.bold(line)),
    ...hanging('  ', clean(words.says), measure),
    ...words.differences.flatMap(item),
    ...words.causes.flatMap(({ where, cause, title: name }) => item(`${where}: ${name} (${cause})`)),
    ...hanging('  ', clean(words.note), measure).map((line) => ink.dim(line)),
  ];
};
