import { groupWords, mergeWords, spanWords } from '../many.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page } from './page.ts';
import { statusBadge } from './page.ts';

const badgeOf = { critical: 'fail', unknown: 'unknown', warning: 'warn', info: 'pass' } as const;

const words = {
  title: { en: 'By cause', ja: '原因ごとのまとめ' },
  show: { en: 'the mailboxes', ja: 'メールボックスの一覧' },
} as const;

/** What many mailboxes have alike; their names are folded. */
export const manyPart = (page: Page): Markup | undefined => {
  const { report, language, say } = page;
  const { many } = report;
  if (!many) return undefined;
  const rows = many.groups.map(
    (
      group,
    ) => html`<tr><td>${statusBadge(page, badgeOf[group.severity])}</td><th scope="row">${groupWords(group, language)}<br><code>${group.cause ?? group.check ?? ''}</code></th><td><details><summary>${say(words.show)} (${group.mailboxes.length})</summary>
<ul>${group.mailboxes.map((mailbox) => html`<li>${mailbox}</li>`)}</ul></details></td></tr>
`,
  );
  return html`<section class="card" aria-labelledby="by-cause">
<h2 id="by-cause">${say(words.title)}</h2>
<p>${spanWords(many, language)}</p>
${mergeWords(many, language).map((line) => html`<p><strong>${line}</strong></p>`)}
${
  many.groups.length === 0
    ? undefined
    : html`<table class="overview"><tbody>
${rows}</tbody></table>`
}
</section>`;
};
