import type { Example } from '../../model/sync/comparison.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped } from '../../model/text.ts';
import { differingFields, nameOfField } from '../comparison/fields.ts';
import { spot } from '../comparison/spot.ts';
import { comparisonWords as words } from '../comparison/words.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page } from './page.ts';
import { folded } from './page.ts';

const mostFields = 60;

/** A value with the difference marked in it; what cannot be seen stands as its escape. */
const marked = (
  { say }: Page,
  { before, middle, after }: Readonly<Record<'before' | 'middle' | 'after', string>>,
): Markup => {
  if (before === '' && middle === '' && after === '') return html`<span class="muted">${say(words.empty)}</span>`;
  return html`<code>${before}${middle === '' ? undefined : html`<mark>${middle}</mark>`}${after}</code>`;
};

const exampleTable = (page: Page, examples: readonly Example[]): Markup => {
  const { say } = page;
  const rows = examples.map(({ key, left = '', right = '' }) => {
    const { before, after, ...differing } = spot(left, right);
    const one = (middle: string): Markup => marked(page, { before, middle, after });
    return html`<tr><th scope="row"><code>${key}</code></th><td class="from-left">${one(differing.left)}</td><td class="from-right">${one(differing.right)}</td></tr>\n`;
  });
  return html`<table class="pairs">
<thead><tr><th scope="col">${say(words.key)}</th><th scope="col">${say(words.left)}</th><th scope="col">${say(words.right)}</th></tr></thead>
<tbody>
${rows}</tbody></table>`;
};

/** Differing values, a column each, folded. */
export const examplesPart = (page: Page, comparison: ComparisonReport, id: string): Markup | undefined => {
  const { say } = page;
  const fields = differingFields(comparison)
    .filter(({ examples }) => examples.length > 0)
    .slice(0, mostFields);
  if (fields.length === 0) return undefined;
  return html`<section class="card" aria-labelledby="${id}">
<h3 id="${id}">${say(words.examples)}</h3>
${fields.map((field) => folded(page, html`<code>${nameOfField(field)}</code> <span class="muted">${grouped(field.differ)}</span>`, exampleTable(page, field.examples)))}
</section>`;
};
