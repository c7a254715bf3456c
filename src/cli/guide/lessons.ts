import { join } from 'node:path';
import type { Lesson, Lore } from '../../guide/lesson.ts';
import { lessonOf } from '../../guide/lesson.ts';
import { problemsOf } from '../../guide/problems.ts';
import type { Report } from '../../model/report.ts';
import type { Language } from '../../model/text.ts';
import { realFiles } from '../../runbook/files.ts';
import { keptReport } from '../../runbook/kept-report.ts';
import type { Met } from '../../runbook/met.ts';
import { metIn } from '../../runbook/met.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { lastSolutions } from '../../runbook/solutions.ts';
import { runIn } from '../bundle/both-languages.ts';
import { catalogue } from '../catalogue.ts';
import type { Context } from '../command.ts';
import { commandFor } from '../explain/explanation.ts';
import { explained } from '../explain/page.ts';
import { belongsTo } from '../explain/subjects/subject.ts';
import { subjects } from '../explain/subjects/subjects.ts';
import { commandOf } from '../explain/subjects/topic.ts';
import { watchSetting } from '../watch-setting.ts';

/** So many lessons fit on a screen. */
const most = 12;

/** The findings of workflows in runs whose record names no cause. */
const findingsIn = async (
  runbook: Runbook,
  runs: readonly { readonly run: string; readonly at: string }[],
  language: Language,
): Promise<readonly Met[]> => {
  const found = new Map<string, Met>();
  for (const { run, at } of runs) {
    const report = await keptReport(realFiles, join(runbook.directory, 'runs', `${run}.json`));
    for (const { id, title } of report ? problemsOf(report, language) : []) {
      const before = found.get(id);
      found.set(id, {
        id,
        title,
        mailboxes: [],
        run: before?.run ?? run,
        last: before?.last ?? at,
        first: at,
        times: (before?.times ?? 0) + 1,
      });
    }
  }
  return [...found.values()];
};

/** What was met here, the latest first, by its name in the reader's language. */
export const metHere = async (runbook: Runbook, language: Language): Promise<readonly Met[]> => {
  const { causes, others } = await metIn(runbook, most);
  const all = [...causes, ...(await findingsIn(runbook, others, language))];
  const known = await catalogue();
  const titles = new Map([...known.rules, ...known.causes].map(({ id, title }) => [id, title[language]]));
  return all
    .toSorted((one, other) => (one.last < other.last ? 1 : one.last > other.last ? -1 : 0))
    .slice(0, most)
    .map((one) => {
      const title = titles.get(one.id) ?? one.title;
      return { ...one, ...(title === undefined ? {} : { title }) };
    });
};

/** The checks that showed it in a run, where they are ones that a command can name. */
const shownIn = (id: string, report: Report | undefined): readonly string[] => {
  const diagnosis = report?.diagnoses.find(({ cause }) => cause === id);
  return [...new Set((diagnosis?.evidence ?? []).map(({ check }) => check))].filter((check) =>
    /^(?:mail|crm)\./.test(check),
  );
};

const aboutOf = async (id: string, language: Language): Promise<Pick<Lore, 'about' | 'alike'>> => {
  const [{ allCauses }, { allSyncCauses }, { allRules }] = await Promise.all([
    import('../../../checks/registry.ts'),
    import('../../../checks/all-sync-causes.ts'),
    import('../../../checks/all-rules.ts'),
  ]);
  const named = allCauses.filter((one) => one.id === id);
  const cause = named.find(({ on }) => on === 'mail') ?? named[0];
  if (cause) {
    const { lookAlikes } = await explained(cause);
    const alike = lookAlikes.flatMap(({ title, by }) => (title ? [{ title: title[language], by }] : []));
    return { about: cause.about[language], alike };
  }
  const other = [...allSyncCauses, ...allRules].find((one) => one.id === id);
  return { ...(other ? { about: other.about[language] } : {}), alike: [] };
};

/** Nothing of another subject looks like these from outside. */
const farFromAll = ['mail-quota', 'mail-versions', 'mail-sender', 'mail-clock'];

/** What is known of a cause anywhere, and what a question about it needs. */
const loreOf = async (id: string, report: Report | undefined, language: Language): Promise<Lore> => {
  const { causes, rules } = await catalogue();
  const all = [...causes, ...rules];
  const subject = subjects.find((one) => belongsTo(one, id));
  const shown = shownIn(id, report);
  const checks = shown.length > 0 ? shown : (subject?.checks ?? []);
  const command = shown.length > 0 ? commandFor(shown) : subject ? commandOf(subject) : 'crm-doctor check';
  const apart = subjects.filter(
    (one) => one !== subject && !one.checks.some((check) => checks.includes(check)) && commandOf(one) !== command,
  );
  const near = [...apart.filter(({ area }) => area === subject?.area), ...apart];
  const title = all.find((one) => one.id === id)?.title[language];
  const { about, alike } = await aboutOf(id, language);
  const unlike = apart
    .filter(({ name }) => farFromAll.includes(name))
    .flatMap((one) => all.find((cause) => belongsTo(one, cause.id))?.title[language] ?? []);
  return {
    ...(title === undefined ? {} : { title }),
    ...(about === undefined ? {} : { about }),
    alike,
    unlike: unlike.filter((one) => !alike.some(({ title: other }) => other === one)).slice(0, 2),
    command,
    others: subject ? [...new Set(near.map(commandOf))].slice(0, 2) : [],
    watch: watchSetting(checks.length > 0 ? checks : ['mail.*']),
  };
};

/** A lesson about something that was met, in the reader's language where its evidence can be told anew. */
export const lessonFrom = async (runbook: Runbook, met: Met, context: Context): Promise<Lesson> => {
  const { language } = context;
  const found = await runbook.run(met.run);
  const report = found.kind === 'found' ? await runIn(found, language, context) : undefined;
  const solution = (await lastSolutions(runbook, [met.id])).get(met.id);
  return lessonOf(met, report, await loreOf(met.id, report, language), solution, language);
};
