import type { CheckReport } from '../../model/report.ts';
import { noteOf } from '../check-note.ts';
import { comparisonsOf } from '../comparison/classes.ts';
import type { MailboxPart } from '../grouping.ts';
import { diagnosesOf, skippedGroups, skippedWords } from '../grouping.ts';
import { listIn } from '../inside.ts';
import { jsonOf } from '../json-text.ts';
import { evidenceDrawings } from './evidence-drawing.ts';
import type { Markup } from './markup.ts';
import { html, linesOf } from './markup.ts';
import type { Page } from './page.ts';
import { folded, icon, stateOf, statusBadge } from './page.ts';
import { barTitle, counted, words } from './words.ts';

/** The duration in words, with a bar that compares it with the slowest check of the run. */
const durationPart = (page: Page, { durationMs, status }: CheckReport): Markup => {
  const { ms, longestMs, say } = page;
  const share = Number.isFinite(durationMs) ? Math.min(100, Math.max(0, (durationMs / longestMs) * 100)) : 0;
  const width = durationMs > 0 ? Math.max(share, 1) : 0;
  return html`<span class="time"><span>${ms(durationMs)}</span><svg class="bar" aria-hidden="true" focusable="false"><title>${say(barTitle(ms(durationMs), ms(longestMs)))}</title><rect class="track" width="100%" height="100%"/><rect class="${stateOf(status)}" width="${width.toFixed(1)}%" height="100%"/></svg></span>`;
};

const causeLinks = ({ anchorOf }: Page, check: CheckReport, { diagnoses }: MailboxPart): readonly Markup[] =>
  diagnosesOf(check, diagnoses).map(
    (diagnosis) => html` <a class="to-cause" href="#${anchorOf(diagnosis)}">${diagnosis.cause}</a>`,
  );

const dataPart = (page: Page, { id, evidence }: CheckReport): Markup | undefined => {
  // A comparison has its own part of the page, and its data would be thousands of lines.
  const elsewhere = id.startsWith('sync.') && id !== 'sync.sources' && comparisonsOf(page.report).length > 0;
  // Some facts are a name and no more.
  const told = evidence.filter((fact) => Object.keys(fact).length > 1);
  if (told.length === 0 || elsewhere) return undefined;
  // What is meant for people stands as they read it, the rest as data.
  const shown = told.flatMap((fact) =>
    listIn(fact, 'shown').filter((line): line is string => typeof line === 'string'),
  );
  const lines = told.flatMap(({ shown: _, ...fact }) =>
    Object.keys(fact).length > 1 ? jsonOf(fact, 2).split('\n') : [],
  );
  return folded(
    page,
    page.say(words.data),
    html`${shown.length > 0 ? html`<pre><code>${linesOf(shown)}</code></pre>` : undefined}${lines.length > 0 ? html`<pre><code>${linesOf(lines)}</code></pre>` : undefined}`,
  );
};

const idOf = ({ report }: Page, { id, mailbox, target }: CheckReport): string => {
  const at = report.checks.findIndex((one) => one.id === id && one.mailbox === mailbox && one.target === target);
  return `check-${at + 1}`;
};

const isOpen = ({ status }: CheckReport): boolean => status !== 'pass' && status !== 'skip';

/** One check: how it went, what was asked where, what came of it, and how long it took. */
const checkRow = (page: Page, check: CheckReport, part: MailboxPart): Markup => {
  const { report, say } = page;
  const note = noteOf(check, part, report);
  const causes = causeLinks(page, check, part);
  // A check that passed often says no more than its title.
  const summary = check.summary.trim() === '' || check.summary === check.title ? undefined : check.summary;
  return html`<li class="check ${stateOf(check.status)}">
<div class="check-state">${statusBadge(page, check.status)}</div>
<div class="check-body">
<p class="check-title">${check.title} <code>${check.id}</code></p>
<p class="check-target"><code>${check.target}</code></p>
${summary === undefined ? undefined : html`<p class="${isOpen(check) ? 'check-says' : 'muted'}">${summary}${causes}</p>`}
${note === undefined ? undefined : html`<p class="muted">${say(note)}</p>`}
${evidenceDrawings(page, check, idOf(page, check))}
${dataPart(page, check)}
</div>
${check.status === 'skip' ? undefined : durationPart(page, check)}
</li>
`;
};

const list = (rows: readonly Markup[]): Markup => html`<ul class="tree">\n${rows}</ul>`;

const order = ['fail', 'warn', 'error', 'unknown'];

const skippedPart = (page: Page, part: MailboxPart): Markup | undefined => {
  const groups = skippedGroups(part.checks);
  if (groups.length === 0) return undefined;
  const count = groups.reduce((sum, { checks }) => sum + checks.length, 0);
  const rows = groups.map(
    (group) =>
      html`<li class="group"><p>${skippedWords(group, part.checks, page.language)}</p>
${list(group.checks.map((check) => checkRow(page, { ...check, summary: '' }, part)))}</li>
`,
  );
  const summary = html`<span class="fold skip">${icon('skip')}${page.say(counted.skipped(count))}</span>`;
  return folded(page, summary, html`<ul class="groups">\n${rows}</ul>`);
};

const passedPart = (page: Page, part: MailboxPart): Markup | undefined => {
  const passes = part.checks.filter(({ status }) => status === 'pass');
  if (passes.length === 0) return undefined;
  const summary = html`<span class="fold pass">${icon('pass')}${page.say(counted.passed(passes.length))}</span>`;
  return folded(page, summary, list(passes.map((check) => checkRow(page, check, part))));
};

/** Every check of a mailbox: the bad ones open, then what was skipped and why, then the passes. */
export const checkTree = (page: Page, part: MailboxPart): Markup => {
  const open = part.checks
    .filter(isOpen)
    .toSorted((left, right) => order.indexOf(left.status) - order.indexOf(right.status));
  return html`<div class="checks">
${open.length > 0 ? list(open.map((check) => checkRow(page, check, part))) : undefined}
${skippedPart(page, part)}
${passedPart(page, part)}
</div>`;
};
