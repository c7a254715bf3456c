import { formatDate } from '../i18n/format.ts';
import { visible } from '../i18n/visible.ts';
import type { Owner } from '../model/cause.ts';
import type { Report } from '../model/report.ts';
import { grouped, type Language, type Text } from '../model/text.ts';
import { classRows, comparisonsOf, nameOfComparison } from './comparison/classes.ts';
import { mailboxesOf, nameOf, openChecks } from './grouping.ts';
import type { Item } from './hand-over-items.ts';
import { itemsOf } from './hand-over-items.ts';
import { areaOf, headings, type Outcome, openings, phrases, readers, restOf } from './hand-over-words.ts';
import { ownerWords } from './words.ts';

/** A text that can be pasted into a mail or a ticket as it is. */
export interface HandOver {
  readonly subject: string;
  readonly body: string;
}

export interface HandOverOptions {
  readonly language: Language;
  /** What people tried and what came of it, a line each. */
  readonly tried?: readonly string[];
  /** Who is to do something; absent: a support team that hands the parts on. */
  readonly owner?: Owner;
  /** RFC 3339: when the same checks were last good; any other text stands as it is. */
  readonly since?: string;
  /** The file that goes with it. */
  readonly attachment?: string;
}

/** A mail is read by a person: what is more is in the report. */
const mostItems = 10;
const mostLines = 12;
const longestLine = 600;

const hour = 3_600_000;

/** In the reader's own time where it is known: Japan has one zone and no summer time. */
const timeIn = (at: string, language: Language): string => {
  const time = Date.parse(at);
  if (!/^\d{4}-\d\d-\d\dT/.test(at) || Number.isNaN(time)) return at;
  const utc = new Date(time);
  if (language === 'en') return `${formatDate(utc, 'en')} ${utc.toISOString().slice(11, 16)} UTC`;
  const japan = new Date(time + 9 * hour);
  return `${formatDate(japan, 'ja')} ${japan.toISOString().slice(11, 16)}（日本時間）`;
};

/** One line, nothing in it that a terminal or a mail program would obey. */
const line = (text: string): string => {
  const clean = visible(text);
  return clean.length <= longestLine ? clean : `${clean.slice(0, longestLine)}…`;
};

const lastGood = (since: string): Text => ({
  en: `Last good: ${timeIn(since, 'en')}`,
  ja: `最後に正常だった検査: ${timeIn(since, 'ja')}`,
});

/** Every rule of the text that needs the language, in one place. */
const writer = (language: Language, attached: boolean) => {
  const say = (text: Text): string => text[language];
  const listed = (lines: readonly string[], mark = '- ', most = mostLines): readonly string[] => {
    const all = [...new Set(lines)].map((one) => `${mark}${line(one)}`);
    return all.length <= most ? all : [...all.slice(0, most), `${mark}${say(restOf(all.length - most, attached))}`];
  };
  const section = (heading: Text, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [language === 'ja' ? `■ ${heading.ja}` : `${heading.en}:`, ...lines, ''];
  return { say, listed, section };
};

type Writer = ReturnType<typeof writer>;

const titleOf = (item: Item): string => (item.where === '' ? item.title : `${item.where}: ${item.title}`);

const badClasses = (report: Report, { say }: Writer): readonly string[] => {
  const comparisons = comparisonsOf(report);
  return comparisons.flatMap((comparison) => {
    const rows = classRows(comparison).filter(({ tone, n, depth }) => tone === 'bad' && n > 0 && depth === 0);
    const name = comparisons.length > 1 ? `${nameOfComparison(comparison)}: ` : '';
    return rows.map(({ label, n }) =>
      say({
        en: `${name}${label.en}: ${grouped(n)} records`,
        ja: `${name}${label.ja}: ${grouped(n)} 件`,
      }),
    );
  });
};

/** Checks that went wrong and that nothing explains. */
const openLines = (report: Report): readonly string[] => {
  const samples = [...(report.simulation ?? []), ...(report.boundaries?.failed ?? [])];
  return [
    ...(report.error ? [report.error.message] : []),
    ...mailboxesOf(report)
      .flatMap((part) => openChecks(part).map((check) => ({ check, part })))
      // Of definitions and of records the findings and the counts tell it.
      .filter(({ check }) => !/^(workflow|sync)\./.test(check.id) || check.status !== 'fail')
      .map(({ check, part }) => {
        const where = mailboxesOf(report).length > 1 && part.mailbox !== '' ? `${part.mailbox}, ` : '';
        return `${where}${nameOf(check)}: ${check.summary}`;
      }),
    ...samples.flatMap(({ name, failure }) =>
      failure ? [`${name}: ${failure.workflow} › ${failure.step}: ${failure.message}`] : [],
    ),
  ];
};

const outcomeOf = (report: Report, items: readonly Item[], open: readonly string[]): Outcome => {
  if (report.error) return 'could-not-run';
  if (items.some(({ severity }) => severity === 'critical')) return 'found';
  if (report.status === 'fail' || report.status === 'unknown' || report.status === 'error') return 'not-found';
  return items.length > 0 || open.length > 0 ? 'warnings' : 'nothing-wrong';
};

/** What the reader is asked for, and what else was found; of several readers each gets his own part. */
const shared = (items: readonly Item[], owner: Owner | undefined) => {
  const grave = items.filter(({ severity }) => severity === 'critical');
  const counting = grave.length > 0 ? grave : items.filter(({ severity }) => severity === 'warning');
  const theirs = counting.filter((item) => item.owner === owner);
  const main = (theirs.length > 0 ? theirs : counting).slice(0, mostItems);
  return { main, others: items.filter((item) => !main.includes(item)) };
};

/** The reader is not the user: "you" would be somebody else. */
const doerOf = ({ owner }: Item, language: Language): string =>
  owner === 'user' ? { en: 'we ourselves', ja: '利用者（こちらで対応します）' }[language] : ownerWords[owner][language];

const askedLines = (item: Item, several: boolean, owner: Owner | undefined, { say, listed }: Writer) => {
  const head = several ? [line(titleOf(item))] : [];
  const doer =
    item.owner === owner
      ? []
      : [say({ en: `Who can do it: ${doerOf(item, 'en')}`, ja: `対応できる方: ${doerOf(item, 'ja')}` })];
  const change = item.change.map((one, at) =>
    say(
      at === 0
        ? { en: `Change of the settings: ${one}`, ja: `設定の変更: ${one}` }
        : { en: `or: ${one}`, ja: `または: ${one}` },
    ),
  );
  return [...head, ...doer, ...item.steps.map((step, at) => `${at + 1}. ${line(step)}`), ...listed(change)];
};

/** What stands where a cause would stand, had one been found. */
const without: Readonly<Record<Outcome, { readonly subject: Text; readonly code: Text; readonly ask: Text }>> = {
  found: { subject: phrases.notFound, code: phrases.noCode, ask: phrases.look },
  'not-found': { subject: phrases.notFound, code: phrases.noCode, ask: phrases.look },
  warnings: { subject: phrases.attention, code: phrases.noCode, ask: phrases.look },
  'could-not-run': { subject: phrases.couldNotRun, code: phrases.notRun, ask: phrases.mend },
  'nothing-wrong': { subject: phrases.nothingWrong, code: phrases.noFault, ask: phrases.look },
};

const subjectOf = (report: Report, about: Text, { say }: Writer): string => {
  const area = areaOf(report.run.command);
  const target = report.run.target === '' ? '' : `${report.run.target}: `;
  return line(say({ en: `[${area.en}] ${target}${about.en}`, ja: `【${area.ja}】${target}${about.ja}` }));
};

/** The first cause by its title and code, and how many there are besides. */
const firstOf = ({ title, code }: Item, more: number): Text => ({
  en: `${title}${more > 0 ? ` (and ${more} more)` : ''} [${code}]`,
  ja: `${title}${more > 0 ? `（ほか ${more} 件）` : ''} [${code}]`,
});

/** The text for a support ticket or for an administrator: everything that whoever takes the case over asks first. */
export const handOver = (report: Report, options: HandOverOptions): HandOver => {
  const { language, owner, since, tried = [], attachment } = options;
  const write = writer(language, attachment !== undefined);
  const { say, listed, section } = write;
  const { run, tool } = report;
  const items = itemsOf(report, language);
  const open = openLines(report);
  const outcome = outcomeOf(report, items, open);
  const { main, others } = shared(items, owner);
  const several = main.length > 1;
  const codes = main.flatMap((item, at) => {
    const about = [line(titleOf(item)), item.certainty].filter((part) => part !== '');
    return [
      `${several ? `${at + 1}) ` : ''}${say({
        en: `${item.code} (${about.join('; ')})`,
        ja: `${item.code}（${about.join('、')}）`,
      })}`,
      ...(item.explanation === '' ? [] : [line(item.explanation)]),
    ];
  });
  const asked = main.flatMap((item, at) => [...(at > 0 ? [''] : []), ...askedLines(item, several, owner, write)]);
  const verify = [...new Set(main.map((item) => item.verify))];
  const selfMade = main.every((item) => item.owner === 'user');
  const when = [
    say({ en: `Seen ${timeIn(run.startedAt, 'en')}`, ja: `${timeIn(run.startedAt, 'ja')}の検査で確認` }),
    ...(outcome === 'nothing-wrong' ? [] : [say(since === undefined ? phrases.sinceUnknown : lastGood(since))]),
    ...(run.interrupted ? [say(phrases.partial)] : []),
  ];
  const effects = [...main.flatMap((item) => item.effects), ...badClasses(report, write)];
  const done = [...tried, ...main.flatMap((item) => item.tried), ...main.flatMap((item) => item.ruledOut)];
  const [first] = main;
  const body = [
    say(readers[owner ?? 'support']),
    '',
    say(phrases.greeting),
    say(openings[outcome](areaOf(run.command))),
    ...(run.language === language ? [] : [say(phrases.mixed)]),
    '',
    ...section(headings.target, run.target === '' ? [] : [line(run.target)]),
    ...section(headings.when, when.map(line)),
    ...section(headings.impact, listed(effects)),
    ...section(headings.code, codes.length > 0 ? codes : [say(without[outcome].code)]),
    ...section(headings.seen, listed(main.flatMap((item) => item.seen))),
    ...section(headings.open, listed(open)),
    ...section(headings.tried, listed(done.length > 0 ? done : [say(phrases.nothingTried)])),
    ...section(headings.asked, asked.length > 0 ? asked : [say(without[outcome].ask)]),
    ...section(
      headings.verify,
      verify.length === 0
        ? []
        : [say(selfMade ? phrases.check : phrases.tell), ...verify.map((one) => `  ${line(one)}`)],
    ),
    ...section(headings.also, listed(others.map((item) => `${titleOf(item)} [${item.code}]`))),
    ...section(headings.attached, attachment === undefined ? [] : [line(attachment)]),
    ...section(headings.reference, [line(`${run.id} (crm-doctor ${tool.version})`)]),
    say(phrases.closing),
  ];
  const about = first ? firstOf(first, items.length - 1) : without[outcome].subject;
  return { subject: subjectOf(report, about, write), body: `${body.join('\n')}\n` };
};
