import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page } from './page.ts';
import { words } from './words.ts';

/** 2026-11-24 02:05:12 UTC; what is no such time stays as it was written. */
const timeOf = (startedAt: string): Markup | string => {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(startedAt);
  return found ? html`<time datetime="${startedAt}">${found[1]} ${found[2]} UTC</time>` : startedAt;
};

/** Which run this was, for a ticket or to find it in the runbook again. */
export const runFacts = ({ report, say, ms }: Page): Markup => {
  const { run, tool, exitCode } = report;
  const facts = [
    [words.runId, html`<code>${run.id}</code>`],
    [words.command, html`<code>crm-doctor ${run.command}</code>`],
    [words.target, run.target],
    [words.startedAt, timeOf(run.startedAt)],
    [words.duration, ms(run.durationMs)],
    [words.exit, exitCode],
    [words.version, `${tool.name} ${tool.version}`],
  ] as const;
  return html`<footer>
<h2>${say(words.facts)}</h2>
<dl class="run-facts">
${facts.filter(([, value]) => value !== '').map(([label, value]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>\n`)}</dl>
</footer>`;
};
