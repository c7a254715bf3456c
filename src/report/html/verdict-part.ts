import type { CheckStatus, Diagnosis, Report, ReportStatus } from '../../model/report.ts';
import { summaryOf } from '../../model/report.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import type { Text } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import { comparisonsOf } from '../comparison/classes.ts';
import { effectsOf } from '../effect.ts';
import { elementOf, findingCounts, placeOf, severityOf, toldFindings } from '../findings.ts';
import type { MailboxPart } from '../grouping.ts';
import { isOfWorkflows, mailboxesOf, nameOf, openChecks } from '../grouping.ts';
import { withExamples } from '../many.ts';
import { interruptionOf, verdictOf } from '../verdict.ts';
import { labels, severityWords, statusWords } from '../words.ts';
import type { Markup, Slot } from './markup.ts';
import { html, prose } from './markup.ts';
import type { Page, State } from './page.ts';
import { icon, severityBadge, stateOf, stateOfSeverity, statusBadge } from './page.ts';
import { counted, leads, words } from './words.ts';

const verdictState = (page: Page): State => {
  const { tone } = verdictOf(page.report, page.language);
  if (tone !== 'doubtful') return tone === 'good' ? 'pass' : 'fail';
  return page.report.status === 'warn' && !page.report.run.interrupted ? 'warn' : 'unknown';
};

const severest = (diagnoses: readonly Diagnosis[]): readonly Diagnosis[] => {
  const critical = diagnoses.filter(({ severity }) => severity === 'critical');
  return critical.length > 0 ? critical : diagnoses.filter(({ severity }) => severity === 'warning');
};

const item = (mailbox: string | undefined, lines: readonly string[], why: Slot): Markup =>
  html`<li>${mailbox === undefined ? undefined : html`<p class="muted">${mailbox}</p>`}${lines.map((line) => html`<p>${line}</p>`)}<p class="why">${why}</p></li>\n`;

/** What suffers from the severest causes; each leads to its cause below. */
const affected = (page: Page, { mailbox, checks, diagnoses }: MailboxPart, several: boolean): readonly Markup[] => {
  const { report, language, anchorOf, say, quiet } = page;
  const told = severest(report.diagnoses);
  return diagnoses
    .filter((diagnosis) => told.includes(diagnosis))
    .map((diagnosis) => {
      const { title, affects } = diagnosis;
      const effects = effectsOf(diagnosis, checks, language);
      // With a second cause, what the first one spares may well be harmed by that.
      const lines = told.length > 1 ? effects.slice(0, affects.length) : effects;
      const link = quiet ? title : html`<a href="#${anchorOf(diagnosis)}">${title}</a>`;
      return item(several ? mailbox : undefined, lines, [say(labels.cause), language === 'ja' ? '：' : ': ', link]);
    });
};

const telling: Readonly<Record<ReportStatus, readonly CheckStatus[]>> = {
  pass: [],
  warn: ['warn'],
  fail: ['fail'],
  unknown: ['unknown', 'error'],
  error: ['unknown', 'error'],
};

/** What made the verdict and belongs to no cause; what a check of workflows found is told by its findings. */
const unexplained = ({ report }: Page, part: MailboxPart, several: boolean): readonly Markup[] =>
  openChecks(part)
    .filter(({ status }) => telling[report.status].includes(status))
    .filter(({ id }) => id !== 'workflow.lint' || worstFindings(report).length === 0)
    .map((check) => item(several ? part.mailbox : undefined, [check.summary], html`<code>${nameOf(check)}</code>`));

/** The errors of workflows, else the warnings. */
const worstFindings = (report: Report): readonly Finding[] => {
  const told = toldFindings(report, false);
  const errors = told.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? errors : told;
};

const found = ({ report, quiet, anchorOfFinding }: Page): readonly Markup[] =>
  worstFindings(report).map((finding) => {
    const element = elementOf(finding);
    const link = quiet ? finding.title : html`<a href="#${anchorOfFinding(finding)}">${finding.title}</a>`;
    return html`<li><p>${link}</p><p class="why"><code>${placeOf(finding)}</code> ${element}</p></li>\n`;
  });

const mostItems = 5;

const itemsPart = (page: Page): Markup | undefined => {
  const parts = mailboxesOf(withExamples(page.report));
  const several = parts.length > 1;
  const items = [
    ...found(page),
    ...[affected, unexplained].flatMap((told) => parts.flatMap((part) => told(page, part, several))),
  ];
  const rest = items.length - mostItems;
  if (items.length === 0) return undefined;
  return html`<ul class="effects">
${items.slice(0, mostItems)}${rest > 0 ? html`<li class="muted">${page.say(counted.more(rest))}</li>\n` : undefined}</ul>`;
};

const differs = ({ changed, missing, extra }: ComparisonReport): boolean => changed + missing + extra > 0;

/** A sentence where the effects do not say it all. */
const leadOf = (report: Report): Text | undefined => {
  const { status, run, error, checks, diagnoses } = report;
  if (error && checks.length === 0) return leads.error;
  if (status === 'fail' && worstFindings(report).length > 0) return leads.findings;
  if (status === 'fail') return diagnoses.length === 0 ? leads.fail : undefined;
  if (run.interrupted || status === 'error') return leads.unknown;
  return status === 'warn' && comparisonsOf(report).some(differs) ? leads.differ : leads[status];
};

const order: readonly CheckStatus[] = ['fail', 'warn', 'unknown', 'error', 'skip', 'pass'];

interface Counted {
  readonly state: State;
  readonly word: string;
  readonly badge: Markup;
  readonly count: number;
}

/** Checks by status; of workflows the findings are counted, not the checks that found them. */
const countedIn = (page: Page): readonly Counted[] => {
  const { report, say, language } = page;
  const live = (report.findings ?? []).filter(({ suppressed }) => suppressed === undefined);
  const findings = (['error', 'warning', 'info'] as const).map((severity): Counted => {
    const graded = severityOf[severity];
    return {
      state: stateOfSeverity(graded),
      word: say(severityWords[graded]),
      badge: severityBadge(page, graded),
      count: live.filter((finding) => finding.severity === severity).length,
    };
  });
  const told = findingCounts(report, language) !== '';
  const others = report.checks.filter((check) => !told || !isOfWorkflows(check));
  const summary = summaryOf(others);
  const checks = order.map((status): Counted => {
    const word = say(statusWords[status]);
    return { state: stateOf(status), word, badge: statusBadge(page, status), count: summary[status] };
  });
  return [...(told ? findings : []), ...checks];
};

/** The counts as one bar and, for those who cannot see it, as words. */
const countsPart = (page: Page): Markup | undefined => {
  const { say } = page;
  const present = countedIn(page).filter(({ count }) => count > 0);
  const total = present.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  let before = 0;
  const pieces = present.map(({ state, word, count }) => {
    const start = before;
    before += count;
    const share = (part: number) => ((part / total) * 100).toFixed(2);
    return html`<rect class="${state}" x="${share(start)}%" width="${share(count)}%" height="100%"><title>${word} ${count}</title></rect>`;
  });
  return html`<svg class="counts-bar" aria-hidden="true" focusable="false">${pieces}</svg>
<ul class="counts" aria-label="${say(words.counts)}">
${present.map(({ badge, count }) => html`<li>${badge} <b>${count}</b></li>\n`)}</ul>`;
};

/** The first thing on the page: is it well, and if not, what suffers. */
export const verdictPart = (page: Page): Markup => {
  const { report, language, say } = page;
  const { word } = verdictOf(report, language);
  const state = verdictState(page);
  const lead = leadOf(report);
  const interrupted = interruptionOf(report, language);
  return html`<section class="verdict ${state}" aria-labelledby="verdict">
<p class="subject"><span>crm-doctor ${report.run.command}</span> <span class="subject-of">${report.run.target}</span></p>
<h1 id="verdict">${icon(state)}<span>${word}</span></h1>
${lead === undefined ? undefined : html`<p class="lead">${say(lead)}</p>`}
${itemsPart(page)}
${interrupted === undefined ? undefined : html`<p class="note">${interrupted}</p>`}
${countsPart(page)}
</section>`;
};

/** What kept the run from starting. */
export const errorPart = ({ report, say }: Page): Markup | undefined => {
  const { error } = report;
  if (!error) return undefined;
  const place = [error.file, error.line, error.column].filter((part) => part !== undefined).join(':');
  return html`<section class="card fail" aria-labelledby="error">
<h2 id="error">${say(words.configuration)}</h2>
${place === '' ? undefined : html`<p><code>${place}</code></p>`}
<p>${prose(error.message)}</p>
</section>`;
};
