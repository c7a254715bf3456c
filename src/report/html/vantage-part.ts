import { vantageWords } from '../vantage.ts';
import type { Markup } from './markup.ts';
import { html, prose } from './markup.ts';
import type { Page } from './page.ts';

/** The CRM's host beside this machine. */
export const vantagePart = ({ report, language }: Page): Markup | undefined => {
  const words = vantageWords(report, language);
  if (!words) return undefined;
  const items = [
    ...words.differences.map((says) => html`<li>${prose(says)}</li>\n`),
    ...words.causes.map(
      ({ where, cause, title }) =>
        html`<li>${where}${language === 'ja' ? '：' : ': '}${title} <code>${cause}</code></li>\n`,
    ),
  ];
  return html`<section class="card" aria-labelledby="vantage">
<h2 id="vantage">${words.title}</h2>
<p class="prose">${prose(words.says)}</p>
${items.length > 0 ? html`<ul class="undated">\n${items}</ul>` : undefined}
<p class="muted">${words.note}${words.machine === undefined ? undefined : html` (${words.machine})`}</p>
</section>`;
};
