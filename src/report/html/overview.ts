import type { CheckStatus } from '../../model/report.ts';
import type { MailboxPart } from '../grouping.ts';
import { openChecks } from '../grouping.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page } from './page.ts';
import { nameOfPart, statusBadge } from './page.ts';
import { words } from './words.ts';

const worstOf = ({ checks, diagnoses }: MailboxPart): CheckStatus => {
  const order = ['fail', 'error', 'unknown', 'warn'] as const;
  const worst = order.find((status) => checks.some((check) => check.status === status));
  return worst ?? (diagnoses.some(({ severity }) => severity !== 'info') ? 'warn' : 'pass');
};

const findings = ({ anchorOf }: Page, part: MailboxPart): readonly Markup[] => {
  const causes = part.diagnoses.map(
    (diagnosis) => html`<p><a href="#${anchorOf(diagnosis)}">${diagnosis.title}</a></p>`,
  );
  return [...causes, ...openChecks(part).map(({ summary }) => html`<p>${summary}</p>`)];
};

/** Several mailboxes at a glance, the ill ones first. */
export const overviewPart = (page: Page, parts: readonly MailboxPart[]): Markup | undefined => {
  if (parts.length < 2) return undefined;
  const { say } = page;
  const rows = parts.map(
    (part, index) =>
      html`<tr><td>${statusBadge(page, worstOf(part))}</td><th scope="row"><a href="#mailbox-${index + 1}">${nameOfPart(page, part)}</a></th><td>${findings(page, part)}</td></tr>\n`,
  );
  return html`<section class="card" aria-labelledby="overview">
<h2 id="overview">${say(words.overview)}</h2>
<table class="overview">
<thead><tr><th scope="col">${say(words.status)}</th><th scope="col">${say(words.about)}</th><th scope="col">${say(words.finding)}</th></tr></thead>
<tbody>
${rows}</tbody></table>
</section>`;
};
