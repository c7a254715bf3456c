import type { Finding } from '../../model/workflow/finding.ts';
import { elementOf, groupedFindings, kindWords, notRunGroups, placeOf, severityOf, toldFindings } from '../findings.ts';
import { labels } from '../words.ts';
import type { Markup } from './markup.ts';
import { html, prose } from './markup.ts';
import type { Page } from './page.ts';
import { folded, severityBadge, stateOfSeverity } from './page.ts';

const words = {
  problem: { en: 'Problem', ja: '問題' },
  also: { en: 'See also', ja: '関連' },
  changed: { en: 'Changed since', ja: '変更点（比較元）' },
  notRun: { en: 'Not looked at', ja: '確認していないもの' },
  suppressed: { en: 'Suppressed findings', ja: '抑止した指摘' },
  advice: { en: 'Advice', ja: '助言' },
  silence: { en: 'To silence this', ja: '抑止するには' },
} as const;

const row = (label: string, body: Markup): Markup => html`<div><dt>${label}</dt><dd>${body}</dd></div>\n`;

/** The source line with what is meant marked in it. */
const sourcePart = ({ line, source }: Finding): Markup | undefined => {
  if (!source) return undefined;
  const { text, from, to } = source;
  return html`<pre class="source"><code><span class="muted">${line}  </span>${text.slice(0, from)}<mark>${text.slice(from, to)}</mark>${text.slice(to)}</code></pre>`;
};

const card = (page: Page, finding: Finding): Markup => {
  const { say } = page;
  const { severity, rule, title, message, fix, also, suppress, suppressed } = finding;
  const graded = severityOf[severity];
  const element = elementOf(finding);
  const id = page.anchorOfFinding(finding);
  return html`<article class="card ${stateOfSeverity(graded)}" id="${id}" aria-labelledby="${id}-title">
<header>
<p class="card-head">${severityBadge(page, graded)} <code class="id">${rule}</code></p>
<h3 id="${id}-title">${title}</h3>
<p class="where"><code>${placeOf(finding)}</code>${element === '' ? undefined : html` ${element}`}${finding.screen === undefined ? undefined : html`<br>${finding.screen}`}</p>
</header>
${sourcePart(finding)}
<dl class="rows">
${row(say(words.problem), html`<p class="prose">${prose(message)}</p>`)}
${row(say(labels.fix), html`<p class="prose">${prose(fix.says)}</p>`)}
${also.length > 0 ? row(say(words.also), html`<ul class="plain">${also.map((one) => html`<li><code>${one.file}:${one.line}</code> ${one.says}</li>`)}</ul>`) : undefined}
${suppressed === undefined ? row(say(words.silence), html`<pre class="command"><code>${suppress}</code></pre>`) : row(say(words.suppressed), html`<p>${suppressed}</p>`)}
</dl>
</article>
`;
};

const changesPart = ({ report, say }: Page): Markup | undefined => {
  const { baseline } = report;
  if (!baseline || baseline.changes.length === 0) return undefined;
  return html`<section class="card" aria-labelledby="changes">
<h2 id="changes">${say(words.changed)} <code>${baseline.from}</code></h2>
<ul class="undated">
${baseline.changes.map(({ workflow, says, file, line }) => html`<li><strong>${workflow}</strong> <code>${file}:${line}</code><ul>${says.map((one) => html`<li>${one}</li>`)}</ul></li>\n`)}</ul>
</section>`;
};

const notRunPart = ({ report, say, language }: Page): Markup | undefined => {
  const groups = notRunGroups(report.notRun ?? [], language);
  if (groups.length === 0) return undefined;
  return html`<section class="card skip" aria-labelledby="not-run">
<h2 id="not-run">${say(words.notRun)}</h2>
<ul class="undated">
${groups.map(({ says, rules }) => html`<li>${says}<br><span class="muted">${rules.join(', ')}</span></li>\n`)}</ul>
</section>`;
};

const foldedCards = (page: Page, title: string, findings: readonly Finding[]): Markup | undefined =>
  findings.length === 0
    ? undefined
    : folded(
        page,
        `${title} (${findings.length})`,
        html`<div class="mailbox">${findings.map((one) => card(page, one))}</div>`,
      );

/** Findings of workflows by the kinds that the guides know. */
export const findingsPart = (page: Page): Markup | undefined => {
  const { report, say } = page;
  if (report.findings === undefined) return undefined;
  const silenced = report.findings.filter(({ suppressed }) => suppressed !== undefined);
  const advice = report.findings.filter(({ suppressed, severity }) => suppressed === undefined && severity === 'info');
  return html`${changesPart(page)}
${groupedFindings(toldFindings(report, false)).map(
  ({ kind, findings }) => html`<section class="mailbox">
<h2>${say(kindWords[kind])} (${findings.length})</h2>
${findings.map((one) => card(page, one))}
</section>
`,
)}
${foldedCards(page, say(words.advice), advice)}
${foldedCards(page, say(words.suppressed), silenced)}
${notRunPart(page)}`;
};
