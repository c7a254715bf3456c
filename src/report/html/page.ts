import { formatMs } from '../../i18n/format.ts';
import type { Severity } from '../../model/cause.ts';
import type { CheckStatus, Diagnosis, Report } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { MailboxPart } from '../grouping.ts';
import { headingOf } from '../grouping.ts';
import type { RenderOptions } from '../reporter.ts';
import { severityWords, statusWords } from '../words.ts';
import type { Markup, Slot } from './markup.ts';
import { html, trusted } from './markup.ts';

/** The states of the page, each with a sign and a colour of its own. */
export type State = 'pass' | 'warn' | 'fail' | 'unknown' | 'skip' | 'info';

/** What the parts of the page share. */
export interface Page {
  readonly report: Report;
  readonly language: Language;
  /** Everything unfolded. */
  readonly verbose: boolean;
  /** The verdict only, so that there is nothing below to point at. */
  readonly quiet: boolean;
  readonly longestMs: number;
  readonly say: (text: Text) => string;
  readonly ms: (duration: number) => string;
  /** Where a diagnosis stands on the page. */
  readonly anchorOf: (diagnosis: Diagnosis) => string;
  /** Where a finding of a workflow stands on the page. */
  readonly anchorOfFinding: (finding: Finding) => string;
}

// Findings are thousands where a whole organisation is looked at.
const anchorsOf = ({ findings = [] }: Report): Page['anchorOfFinding'] => {
  const numbers = new Map(findings.map((finding, index) => [finding, index + 1] as const));
  return (finding) => `finding-${numbers.get(finding) ?? 0}`;
};

export const pageOf = (report: Report, { language, verbose, quiet }: RenderOptions): Page => ({
  report,
  language,
  verbose,
  quiet,
  longestMs: Math.max(1, ...report.checks.map(({ durationMs }) => durationMs).filter(Number.isFinite)),
  say: (text) => text[language],
  ms: (duration) => formatMs(duration, language),
  anchorOf: (diagnosis) => `cause-${report.diagnoses.indexOf(diagnosis) + 1}`,
  anchorOfFinding: anchorsOf(report),
});

// Drawn, not typed: a font that lacks a sign would show a box, and an emoji font a smiley of its own colours.
const drawings: Readonly<Record<State, string>> = {
  pass: '<circle cx="10" cy="10" r="8.25"/><path d="m6.2 10.3 2.6 2.6 5-5.6"/>',
  warn: '<path d="M10 2.4 18.4 17H1.6Z"/><path d="M10 7.8v4.2M10 14.4v.2"/>',
  fail: '<circle cx="10" cy="10" r="8.25"/><path d="m7 7 6 6m0-6-6 6"/>',
  unknown: '<circle cx="10" cy="10" r="8.25"/><path d="M7.7 8a2.4 2.4 0 1 1 3.5 2.1c-.8.5-1.2.9-1.2 1.7M10 14.2v.2"/>',
  skip: '<circle cx="10" cy="10" r="8.25"/><path d="M6.5 10h7"/>',
  info: '<circle cx="10" cy="10" r="8.25"/><path d="M10 9.4v4.4M10 6.4v.2"/>',
};

export const iconSprite: Markup = trusted(
  `<svg width="0" height="0" class="sprite" aria-hidden="true">${Object.entries(drawings)
    .map(([state, paths]) => `<symbol id="i-${state}" viewBox="0 0 20 20">${paths}</symbol>`)
    .join('')}</svg>`,
);

export const icon = (state: State): Markup =>
  html`<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${state}"/></svg>`;

export const stateOf = (status: CheckStatus): State => (status === 'error' ? 'unknown' : status);

const severityStates: Readonly<Record<Severity, State>> = { critical: 'fail', warning: 'warn', info: 'info' };

export const stateOfSeverity = (severity: Severity): State => severityStates[severity];

const badge = (state: State, word: string): Markup =>
  html`<span class="badge ${state}">${icon(state)}<span>${word}</span></span>`;

export const statusBadge = ({ say }: Page, status: CheckStatus): Markup =>
  badge(stateOf(status), say(statusWords[status]));

export const severityBadge = ({ say }: Page, severity: Severity): Markup =>
  badge(stateOfSeverity(severity), say(severityWords[severity]));

/** A mailbox or CRM by its name, else what the part is about. */
export const nameOfPart = ({ say }: Page, part: Pick<MailboxPart, 'mailbox'>): string => {
  const { kind, name } = headingOf(part);
  return name === '' ? say(kind) : name;
};

/** A heading of a level that depends on whether there are several mailboxes. */
export const heading = (level: 2 | 3, text: Slot, id?: string): Markup => {
  const attribute = id === undefined ? undefined : html` id="${id}"`;
  return level === 2 ? html`<h2${attribute}>${text}</h2>` : html`<h3${attribute}>${text}</h3>`;
};

/** A part that is folded on a screen and open on paper. */
export const folded = ({ verbose }: Page, summary: Slot, body: Slot): Markup =>
  html`<details${verbose ? html` open` : undefined}><summary>${summary}</summary>
${body}
</details>`;
