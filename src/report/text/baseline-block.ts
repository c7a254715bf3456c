import { wrap } from '../../i18n/wrap.ts';
import type { BaselineReport, FixReport, Report } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import type { Page } from './page.ts';
import { below, hanging } from './page.ts';

const kindWords: Readonly<Record<BaselineReport['changes'][number]['kind'], Text>> = {
  added: { en: 'added', ja: '追加' },
  removed: { en: 'removed', ja: '削除' },
  changed: { en: 'changed', ja: '変更' },
};

/** What changed since the last good version, before what is wrong now: most often the one explains the other. */
export const baselineBlock = (page: Page, { baseline }: Report): readonly string[] => {
  if (!baseline) return [];
  const { from, changes, newFindings, goneFindings } = baseline;
  const { clean, say, ink, measure, signs } = page;
  const title = {
    en: `Since ${clean(from)}: ${changes.length === 0 ? 'no workflow changed' : `${changes.length} changed`}, ${newFindings} new findings, ${goneFindings} gone`,
    ja: `${clean(from)} からの変更: ${changes.length === 0 ? 'なし' : `${changes.length} 件`}、新しい指摘 ${newFindings}、解消 ${goneFindings}`,
  };
  return [
    ...wrap(say(title), measure).map((line) => ink.bold(line)),
    ...changes.flatMap(({ workflow, kind, says, file, line }) => [
      ...hanging(`  ${signs.info} `, clean(`${workflow} (${say(kindWords[kind])})  ${file}:${line}`), measure),
      ...says.flatMap((one) => below(hanging(page.plain ? '' : '- ', clean(one), measure - 4), 4)),
    ]),
  ];
};

const changed = { en: 'changed', ja: '変更:' };
const leftAlone = { en: 'left alone', ja: '変更せず:' };

/** What `--fix` wrote, and what it left alone. */
export const fixesBlock = (page: Page, { fixes }: Report): readonly string[] => {
  if (!fixes) return [];
  const { clean, say, ink, measure, signs, plain } = page;
  const done = fixes.dryRun
    ? { en: `would change ${fixes.applied.length} places`, ja: `変更できる箇所: ${fixes.applied.length}` }
    : { en: `changed ${fixes.applied.length} places`, ja: `変更した箇所: ${fixes.applied.length}` };
  const lines = (fix: FixReport): readonly string[] => [
    ...fix.applied.map(({ rule, file, line, backup }) => {
      // Where no sign tells the two apart, a word does.
      const kept = backup === '' ? '' : say({ en: `; backup ${backup}`, ja: `（バックアップ ${backup}）` });
      return `${plain ? say(changed) : signs.pass} ${file}:${line} ${rule}${kept}`;
    }),
    ...fix.refused.map(
      ({ rule, file, line, because }) => `${plain ? say(leftAlone) : signs.skip} ${file}:${line} ${rule}: ${because}`,
    ),
  ];
  return [
    ...wrap(`--fix: ${say(done)}`, measure).map((line) => ink.bold(line)),
    ...lines(fixes).flatMap((line) => below(wrap(clean(line), measure - 2), 2)),
  ];
};
