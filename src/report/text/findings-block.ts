import { width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Report } from '../../model/report.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { FindingGroup } from '../findings.ts';
import { elementOf, groupedFindings, kindWords, notRunGroups, placeOf, severityOf, toldFindings } from '../findings.ts';
import { labels } from '../words.ts';
import type { Page } from './page.ts';
import { below, hanging, headline, markOf } from './page.ts';
import type { Row } from './rows.ts';
import { prose, rowsOf } from './rows.ts';

const findingWords = {
  error: { en: 'ERROR', ja: 'エラー' },
  warning: { en: 'WARN', ja: '注意' },
  info: { en: 'INFO', ja: '情報' },
  what: { en: 'Problem', ja: '問題' },
  also: { en: 'See also', ja: '関連' },
  silence: { en: 'Silence', ja: '抑止' },
  source: { en: 'Source line', ja: '該当行' },
  isNew: { en: 'new', ja: '新規' },
  likely: { en: 'likely', ja: '可能性が高い' },
  heuristic: { en: 'possible', ja: '可能性あり' },
} as const;

/** The source line under its number, with carets under what is meant; both cut to the page. */
const frameLines = (page: Page, { line, source }: Finding): readonly string[] => {
  if (!source) return [];
  const { clean, ink, columns } = page;
  if (page.plain) return [`${page.say(findingWords.source)}: ${clean(source.text.trim())}`];
  const head = `${String(line).padStart(5)} │ `;
  const room = columns - width(head) - 2;
  if (room < 12) return [];
  const before = clean(source.text.slice(0, source.from));
  const marked = clean(source.text.slice(source.from, source.to));
  const after = clean(source.text.slice(source.to));
  // What does not fit in front of the place is left out, so that the place is always seen.
  let start = before.trimStart();
  const lost = before.length - start.length;
  const indent = ' '.repeat(Math.min(lost, 2));
  const most = Math.max(0, room - Math.min(width(marked), Math.floor(room / 2)) - indent.length);
  let cut = '';
  while (width(start) > most - 1) {
    start = [...start].slice(1).join('');
    cut = '…';
  }
  const lead = indent + cut + start;
  const shown = upTo(marked, room - width(lead));
  const rest = upTo(after.trimEnd(), room - width(lead) - width(shown));
  const bar = page.ascii ? '|' : '│';
  const number = head.replace('│', bar);
  const dots = page.ascii ? lead.replace('…', '.') : lead;
  return [
    ink.dim(number) + dots + ink.bold(shown) + rest,
    ink.dim(`${' '.repeat(5)} ${bar} `) + ' '.repeat(width(lead)) + ink.red('^'.repeat(Math.max(1, width(shown)))),
  ];
};

/** As much of the beginning as the columns hold. */
const upTo = (text: string, columns: number): string => {
  let used = 0;
  let result = '';
  for (const character of text) {
    const wide = width(character);
    if (used + wide > columns) break;
    used += wide;
    result += character;
  }
  return result;
};

const findingBlock = (page: Page, finding: Finding): readonly string[] => {
  const { clean, say, ink, verbose } = page;
  const { severity, rule, title, message, fix, also, suppress, confidence } = finding;
  const element = elementOf(finding, page.plain ? ', ' : page.ascii ? ' > ' : ' › ');
  const marks = [
    ...(finding.new ? [say(findingWords.isNew)] : []),
    ...(confidence === 'certain' ? [] : [say(findingWords[confidence])]),
  ];
  const where = [placeOf(finding), element, ...marks].filter((part) => part !== '').map(clean);
  const rows: readonly Row[] = [
    { label: findingWords.what, lines: prose(page, message) },
    { label: labels.fix, lines: prose(page, fix.says) },
    {
      label: findingWords.also,
      lines: (columns) => also.flatMap(({ file, line, says }) => wrap(clean(`${file}:${line} ${says}`), columns)),
    },
    {
      label: findingWords.silence,
      lines: (columns) => (verbose ? wrap(clean(suppress), columns).map((text) => ink.dim(text)) : []),
    },
  ];
  return [
    ...headline(page, {
      mark: markOf(page, severityOf[severity], findingWords[severity]),
      title: clean(title),
      aside: clean(rule),
    }),
    ...below(wrap(where.join(page.gap), Math.max(2, page.columns - 2)), 2).map((line) => ink.cyan(line)),
    ...(finding.screen === undefined ? [] : below(wrap(clean(finding.screen), Math.max(2, page.columns - 2)), 2)),
    ...below(frameLines(page, finding), 2),
    ...rowsOf(page, rows),
  ];
};

const groupBlocks = (page: Page, { kind, findings }: FindingGroup): readonly (readonly string[])[] => {
  const heading = `${page.say(kindWords[kind])} (${findings.length})`;
  return [
    wrap(heading, page.measure).map((line) => page.ink.bold.underline(line)),
    ...findings.map((finding) => findingBlock(page, finding)),
  ];
};

const hiddenLines = (page: Page, report: Report): readonly string[] => {
  const live = (report.findings ?? []).filter(({ suppressed }) => suppressed === undefined);
  const advice = page.verbose ? 0 : live.filter(({ severity }) => severity === 'info').length;
  if (advice === 0) return [];
  const says = {
    en: `${advice} more with advice only (--verbose lists them)`,
    ja: `ほかに助言が ${advice} 件あります（--verbose で表示）`,
  };
  return hanging(`${page.signs.info} `, page.say(says), page.measure).map((line) => page.ink.dim(line));
};

const notRunLines = (page: Page, report: Report): readonly string[] =>
  notRunGroups(report.notRun ?? [], page.language).flatMap(({ says, rules }) => [
    ...hanging(`${page.signs.skip} `, page.clean(says), page.measure),
    ...(page.verbose ? below(wrap(page.clean(rules.join(', ')), page.measure - 2), 2) : []),
  ]);

/** Findings by the kinds that the guides know, each with its source line; then what was not looked at. */
export const findingsBlocks = (page: Page, report: Report): readonly (readonly string[])[] => {
  if (report.findings === undefined) return [];
  return [
    ...groupedFindings(toldFindings(report, page.verbose)).flatMap((group) => groupBlocks(page, group)),
    [...hiddenLines(page, report), ...notRunLines(page, report)],
  ];
};
