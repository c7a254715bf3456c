import { formatDate } from '../../i18n/format.ts';
import { valueWord } from '../../i18n/value-word.ts';
import type { Change } from '../../model/config.ts';
import type { CheckReport, Diagnosis } from '../../model/report.ts';
import { effectsOf } from '../effect.ts';
import { nameOf } from '../grouping.ts';
import { confidenceWord, isClaimed, labels, ownerWords, proofWords } from '../words.ts';
import type { Markup, Slot } from './markup.ts';
import { html, linesOf, prose } from './markup.ts';
import type { Page, State } from './page.ts';
import { folded, heading, icon, severityBadge, stateOfSeverity } from './page.ts';
import { counted, words } from './words.ts';

type Seen = Diagnosis['evidence'][number];

const row = (label: Slot, body: Slot): Markup => html`<div><dt>${label}</dt><dd>${body}</dd></div>\n`;

/** Check and target once, what was seen there below it in the words that came over the wire. */
const evidencePart = (page: Page, seen: readonly Seen[]): Markup => {
  const headOf = ({ check, target }: Seen) => nameOf({ id: check, target });
  const heads = [...new Set(seen.map(headOf))];
  const body = heads.map((head) => {
    const says = seen.filter((one) => headOf(one) === head).map((one) => one.says);
    return html`<p class="where"><code>${head}</code></p><pre><code>${linesOf(says)}</code></pre>`;
  });
  return folded(page, page.say(counted.evidence(seen.length)), body);
};

const ruledOutPart = (page: Page, { ruledOut }: Diagnosis): Markup =>
  folded(
    page,
    page.say(counted.ruledOut(ruledOut.length)),
    html`<ul class="plain">
${ruledOut.map(
  ({ cause, check, target, says }) =>
    html`<li><code>${cause}</code><br>${says} <span class="muted">(<code>${nameOf({ id: check, target })}</code>)</span></li>\n`,
)}</ul>`,
  );

const changeTable = ({ say, language }: Page, change: readonly Change[], caption?: string): Markup =>
  html`<table class="change">
${caption === undefined ? undefined : html`<caption>${caption}</caption>`}
<thead><tr><th scope="col">${say(words.setting)}</th><th scope="col">${say(words.before)}</th><th scope="col">${say(words.after)}</th></tr></thead>
<tbody>
${change.map(
  ({ path, from, to }) =>
    html`<tr><th scope="row"><code>${path}</code></th><td><code class="from">${valueWord(from, 'from', language)}</code></td><td><span class="arrow" aria-hidden="true">→</span> <code class="to">${valueWord(to, 'to', language)}</code></td></tr>\n`,
)}</tbody></table>`;

const changesPart = (page: Page, { fix }: Diagnosis): Markup => {
  const { change, alternatives } = fix;
  const others = alternatives.map((other, index) => changeTable(page, other, page.say(counted.alternative(index + 1))));
  return html`${changeTable(page, change)}${others}`;
};

const proofStates = { proven: 'pass', failed: 'fail', 'not-tried': 'skip' } as const satisfies Readonly<
  Record<Diagnosis['proof']['status'], State>
>;

const proofPart = ({ say }: Page, { proof }: Diagnosis): Markup => {
  const state = proofStates[proof.status];
  const says = proof.says.trim() === '' ? undefined : html`<br>${prose(proof.says)}`;
  return html`<span class="badge ${state}">${icon(state)}<span>${say(proofWords[proof.status])}</span></span>${says}`;
};

/** One root cause as a card: what suffers, why, what was seen, who mends it how, and what shows that it helps. */
export const diagnosisCard = (
  page: Page,
  diagnosis: Diagnosis,
  { checks, level }: { readonly checks: readonly CheckReport[]; readonly level: 2 | 3 },
): Markup => {
  const { say, language } = page;
  const { severity, title, cause, explanation, evidence, fix, ruledOut, verify, lastSolution } = diagnosis;
  const anchor = page.anchorOf(diagnosis);
  const effects = effectsOf(diagnosis, checks, language);
  const certainty = isClaimed(diagnosis)
    ? html`<span class="certainty">${say(confidenceWord(diagnosis.confidence))}</span>`
    : undefined;
  return html`<article class="card ${stateOfSeverity(severity)}" id="${anchor}" aria-labelledby="${anchor}-title">
<header>
<p class="card-head">${severityBadge(page, severity)} <code class="id">${cause}</code></p>
${heading(level, title, `${anchor}-title`)}
</header>
<dl class="rows">
${effects.length > 0 ? row(say(labels.affects), html`<ul class="plain">${effects.map((effect) => html`<li>${effect}</li>`)}</ul>`) : undefined}
${row(html`${say(labels.cause)}${certainty}`, html`<p class="prose">${prose(explanation)}</p>`)}
${evidence.length > 0 ? row(say(labels.evidence), evidencePart(page, evidence)) : undefined}
${row(say(labels.who), html`<strong>${say(ownerWords[fix.owner])}</strong>`)}
${fix.steps.length > 0 ? row(say(labels.fix), html`<ol class="steps">\n${fix.steps.map((step) => html`<li>${prose(step)}</li>\n`)}</ol>`) : undefined}
${fix.change.length > 0 ? row(say(labels.change), changesPart(page, diagnosis)) : undefined}
${isClaimed(diagnosis) ? row(say(labels.proof), proofPart(page, diagnosis)) : undefined}
${verify.trim() === '' ? undefined : row(say(words.verify), html`<pre class="command"><code>${verify}</code></pre>`)}
${lastSolution ? row(say(labels.lastTime), html`${formatDate(lastSolution.at, language)}: ${lastSolution.says}`) : undefined}
${ruledOut.length > 0 ? row(say(labels.ruledOut), ruledOutPart(page, diagnosis)) : undefined}
</dl>
</article>
`;
};
