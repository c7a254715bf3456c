import type { SimulatedSample } from '../../model/workflow/sample.ts';
import {
  fieldsText,
  gradeOf,
  plainText,
  sampleStatusWords,
  simulationWords,
  stepStatusWords,
  untakenWays,
} from '../simulation.ts';
import type { Markup } from './markup.ts';
import { html, prose } from './markup.ts';
import type { Page, State } from './page.ts';
import { folded, icon, stateOf, statusBadge } from './page.ts';

const stepStates = { ran: 'pass', skipped: 'skip', failed: 'fail' } as const satisfies Readonly<
  Record<SimulatedSample['steps'][number]['status'], State>
>;

const row = (label: string, body: Markup): Markup => html`<div><dt>${label}</dt><dd>${body}</dd></div>\n`;

/** Step by step: what became of it, why, and the values before and after. */
const stepList = ({ say, language }: Page, { steps }: SimulatedSample): Markup =>
  html`<ol class="steps">
${steps.map(
  ({ workflow, step, status, because, changes = [] }) =>
    html`<li class="${stepStates[status]}">${icon(stepStates[status])} <code>${workflow} › ${step}</code> ${say(stepStatusWords[status])}${because === '' ? undefined : html`<br><span class="muted">${because}</span>`}${changes.map(({ field, before, after }) => html`<br><code>${field}</code> <code class="from">${plainText(before, language)}</code> → <code class="to">${plainText(after, language)}</code>`)}</li>\n`,
)}</ol>`;

const card = (page: Page, sample: SimulatedSample): Markup => {
  const { say, language } = page;
  const { name, status, because, failure, smallest, mails, matches, ways = [] } = sample;
  const grade = gradeOf(sample);
  const outcome =
    matches === undefined ? undefined : html`, ${say(matches ? simulationWords.asExpected : simulationWords.expected)}`;
  return html`<article class="card ${stateOf(grade)}">
<header><p class="card-head">${statusBadge(page, grade)}${failure ? html` <code class="id">${failure.rule}</code>` : undefined}</p>
<h3>${name}</h3><p class="muted">${say(sampleStatusWords[status])}${outcome}</p></header>
${grade === 'pass' ? folded(page, say(simulationWords.title), stepList(page, sample)) : stepList(page, sample)}
<dl class="rows">
${because === undefined ? undefined : row(say(simulationWords.why), html`<p class="prose">${prose(because)}</p>`)}
${failure ? row(say(simulationWords.at), html`<code>${failure.file}:${failure.line}</code> ${failure.workflow} › ${failure.step}<p class="prose">${prose(failure.message)}</p>`) : undefined}
${smallest ? row(say(simulationWords.smallest), html`<code>${fieldsText(smallest, language)}</code>`) : undefined}
${ways.length > 0 ? row(say(simulationWords.ways), html`<ul class="plain">${ways.map((way) => html`<li>${way.when} → ${say(sampleStatusWords[way.status])}</li>`)}</ul>`) : undefined}
${mails.length > 0 ? row(say(simulationWords.mails), html`<ul class="plain">${mails.map(({ step, to, subject, template }) => html`<li><code>${step}</code> → ${to.join(', ')} ${subject ?? template}</li>`)}</ul>`) : undefined}
</dl>
</article>
`;
};

/** The dry run, the generated records that fail, and what no sample tried. */
export const simulationPart = (page: Page): Markup | undefined => {
  const { report, say, language } = page;
  const { simulation = [], boundaries } = report;
  const untried = untakenWays(report, language);
  if (simulation.length === 0 && !boundaries) return undefined;
  return html`<section class="mailbox">
<h2>${say(simulationWords.title)}</h2>
${simulation.map((sample) => card(page, sample))}
${boundaries && boundaries.failed.length > 0 ? html`<h3>${say(simulationWords.boundaries)} (${boundaries.failed.length}/${boundaries.tried})</h3>${boundaries.failed.map((sample) => card(page, sample))}` : undefined}
${untried.length > 0 ? folded(page, `${say(simulationWords.untried)} (${untried.length})`, html`<ul class="plain">${untried.map((way) => html`<li><code>${way}</code></li>`)}</ul>`) : undefined}
</section>
`;
};
