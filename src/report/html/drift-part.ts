import { driftTold } from '../drift.ts';
import type { Markup } from './markup.ts';
import { html, prose } from './markup.ts';
import type { Page } from './page.ts';
import { severityBadge } from './page.ts';

/** What is other than it was, the grave first. */
export const driftPart = (page: Page): Markup | undefined => {
  const told = driftTold(page.report, page.language);
  if (!told) return undefined;
  return html`<section class="card" aria-labelledby="drift">
<h2 id="drift">${told.title}</h2>
<ul class="plain changed">
${told.changes.map(({ severity, says }) => html`<li>${severityBadge(page, severity)} ${prose(says)}</li>\n`)}</ul>
${told.more === undefined ? undefined : html`<p class="muted">${told.more}</p>`}
${told.advice ? html`<p class="where">${told.advice.before}<code>${told.advice.command}</code></p>` : undefined}
</section>`;
};
