import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped } from '../../model/text.ts';
import { writtenWord } from '../comparison/classes.ts';
import { scheduleLines } from '../comparison/schedule.ts';
import { rejectedText, unmappedTexts, workText } from '../comparison/sides.ts';
import { twinsText } from '../comparison/twins.ts';
import { refusedTexts } from '../comparison/validation.ts';
import { comparisonWords as words } from '../comparison/words.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page } from './page.ts';
import { folded } from './page.ts';

const titles = {
  records: { en: 'Records', ja: 'レコード' },
  refused: { en: 'Records that the other side would refuse', ja: '相手側で登録を拒否されるレコード' },
  twins: { en: 'Records that are likely one and the same', ja: '同一と思われるレコード' },
  problem: { en: 'What is asked', ja: '条件' },
  candidates: { en: 'Candidates', ja: '候補' },
  evidence: { en: 'What speaks for it', ja: '根拠' },
  score: { en: 'Score', ja: 'スコア' },
  more: { en: 'What else was seen', ja: 'その他の情報' },
} as const;

const refusedCard = (page: Page, comparison: ComparisonReport, id: string): Markup | undefined => {
  const { say, language } = page;
  const sides = refusedTexts(comparison, language);
  if (sides.length === 0) return undefined;
  const problemRow = ({ column, n, asks, from, examples }: (typeof sides)[number]['problems'][number]): Markup =>
    html`<tr><th scope="row"><code>${column}</code></th><td class="number">${grouped(n)}</td><td>${asks}<br><span class="muted">${from}</span>${examples.length > 0 ? folded(page, say(words.examples), exampleList(examples)) : undefined}</td></tr>\n`;
  return html`<section class="card" aria-labelledby="${id}">
<h3 id="${id}">${say(titles.refused)}</h3>
${sides.map(
  ({ says, problems }) =>
    html`<p>${says}</p>
<div class="scroll"><table>
<thead><tr><th scope="col">${say(words.column)}</th><th scope="col" class="number">${say(words.records)}</th><th scope="col">${say(titles.problem)}</th></tr></thead>
<tbody>
${problems.map(problemRow)}</tbody></table></div>`,
)}
</section>`;
};

const exampleList = (
  examples: NonNullable<ComparisonReport['validation']>[number]['problems'][number]['examples'],
): Markup =>
  html`<ul class="plain">${examples.map(({ key, left, right }) => html`<li><code>${key}</code> <code>${left ?? right ?? ''}</code></li>`)}</ul>`;

const twinsCard = (page: Page, comparison: ComparisonReport, id: string): Markup | undefined => {
  const { say, language } = page;
  const twins = twinsText(comparison, language);
  if (!twins) return undefined;
  const record = ({ key, shown }: { readonly key: string; readonly shown: string }): Markup =>
    html`<p><code>${key}</code> ${shown}</p>`;
  const rows = twins.candidates.map(
    ({ within, score, a, b, evidence, apart }) =>
      html`<tr><th scope="row">${record(a)}${record(b)}</th><td>${within}</td><td class="number">${Math.round(score * 100) / 100}</td><td>${evidence}${apart === undefined ? undefined : html`<br><span class="muted">${say({ en: `created ${apart} apart`, ja: `作成の間隔 ${apart}` })}</span>`}</td></tr>\n`,
  );
  const table = html`<div class="scroll"><table class="twins">
<thead><tr><th scope="col">${say(titles.records)}</th><th scope="col">${say(words.side)}</th><th scope="col" class="number">${say(titles.score)}</th><th scope="col">${say(titles.evidence)}</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`;
  return html`<section class="card" aria-labelledby="${id}">
<h3 id="${id}">${say(titles.twins)}</h3>
<p>${twins.says}</p>
${rows.length > 0 ? folded(page, `${say(titles.candidates)} (${grouped(rows.length)})`, table) : undefined}
${twins.dropped === undefined ? undefined : html`<p class="muted">${twins.dropped}</p>`}
</section>`;
};

const lines = (texts: readonly string[]): Markup =>
  html`<ul class="plain">${texts.map((text) => html`<li>${text}</li>`)}</ul>`;

/** Keys of records on one side, repeated or not readable; folded. */
const keysPart = (page: Page, { examples }: ComparisonReport): readonly Markup[] => {
  const { say, language } = page;
  const { missing, extra, duplicatesLeft, duplicatesRight, rejectedLeft, rejectedRight } = examples;
  const keys = (title: string, list: readonly { readonly key: string }[]): readonly Markup[] =>
    list.length === 0
      ? []
      : [
          folded(
            page,
            title,
            html`<p>${list.map(({ key }, at) => html`${at === 0 ? '' : ', '}<code>${key}</code>`)}</p>`,
          ),
        ];
  const rejected = [
    ...rejectedLeft.map((one) => [say(words.left), one] as const),
    ...rejectedRight.map((one) => [say(words.right), one] as const),
  ];
  return [
    ...keys(say({ en: 'Missing on the right', ja: '右側に不足' }), missing),
    ...keys(say({ en: 'Extra on the right', ja: '右側に余分' }), extra),
    ...keys(say({ en: 'Repeated keys, left', ja: 'キー重複（左）' }), duplicatesLeft),
    ...keys(say({ en: 'Repeated keys, right', ja: 'キー重複（右）' }), duplicatesRight),
    ...(rejected.length === 0
      ? []
      : [
          folded(
            page,
            say(words.rejected),
            lines(rejected.map(([side, one]) => `${side}: ${rejectedText(one, language)}`)),
          ),
        ]),
  ];
};

const moreCard = (page: Page, comparison: ComparisonReport, id: string): Markup => {
  const { say, language } = page;
  const schedule = scheduleLines(comparison, language);
  const unmapped = unmappedTexts(comparison, language);
  const { files } = comparison;
  const row = (label: string, body: Markup): Markup => html`<div><dt>${label}</dt><dd>${body}</dd></div>\n`;
  const keys = keysPart(page, comparison);
  return html`<section class="card" aria-labelledby="${id}">
<h3 id="${id}">${say(titles.more)}</h3>
<dl class="rows">
${keys.length > 0 ? row(say(words.examples), html`${keys}`) : undefined}
${schedule.length > 0 ? row(say(words.schedule), lines(schedule)) : undefined}
${unmapped.length > 0 ? row(say(words.notCompared), lines(unmapped)) : undefined}
${
  files.length > 0
    ? row(
        say(words.files),
        html`<ul class="plain">${files.map(({ what, file, rows, note }) => html`<li><code>${file}</code> ${say(writtenWord(what))} ${grouped(rows)}${note === undefined ? undefined : html` <span class="muted">${note}</span>`}</li>`)}</ul>`,
      )
    : undefined
}
${row(say(words.speed), html`${workText(comparison, language)}`)}
</dl>
</section>`;
};

/** What else a comparison tells: refused records, likely duplicates, schedule, files, work. */
export const factCards = (page: Page, comparison: ComparisonReport, id: string): readonly (Markup | undefined)[] => [
  refusedCard(page, comparison, `${id}-refused`),
  twinsCard(page, comparison, `${id}-twins`),
  moreCard(page, comparison, `${id}-more`),
];
