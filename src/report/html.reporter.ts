import type { Report } from '../model/report.ts';
import { comparisonsOf } from './comparison/classes.ts';
import type { MailboxPart } from './grouping.ts';
import { mailboxesOf } from './grouping.ts';
import { checkTree } from './html/check-tree.ts';
import { comparisonParts } from './html/comparison-part.ts';
import { comparisonStyle } from './html/comparison-style.ts';
import { diagnosisCard } from './html/diagnosis-card.ts';
import { driftPart } from './html/drift-part.ts';
import { findingsPart } from './html/findings-part.ts';
import { manyPart } from './html/many-part.ts';
import type { Markup } from './html/markup.ts';
import { html, textOf, trusted } from './html/markup.ts';
import { overviewPart } from './html/overview.ts';
import type { Page } from './html/page.ts';
import { heading, iconSprite, nameOfPart, pageOf } from './html/page.ts';
import { runFacts } from './html/run-facts.ts';
import { simulationPart } from './html/simulation-part.ts';
import { style } from './html/style.ts';
import { preventionPart } from './html/timeline.ts';
import { trendsPart } from './html/trends-part.ts';
import { trendsStyle } from './html/trends-style.ts';
import { vantagePart } from './html/vantage-part.ts';
import { errorPart, verdictPart } from './html/verdict-part.ts';
import { words } from './html/words.ts';
import { jsonOf } from './json-text.ts';
import { withExamples } from './many.ts';
import type { Reporter } from './reporter.ts';
import { verdictOf } from './verdict.ts';

// No script runs and nothing is loaded, even if an escape were forgotten somewhere.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Causes first, then all checks; under a heading of its own where there are several mailboxes. */
const mailboxPart = (page: Page, part: MailboxPart, index: number, several: boolean): Markup => {
  const { say } = page;
  const { diagnoses, checks } = part;
  const level = several ? 3 : 2;
  const cards = diagnoses.map((diagnosis) => diagnosisCard(page, diagnosis, { checks, level: 3 }));
  const title = several ? nameOfPart(page, part) : diagnoses.length > 0 ? say(words.causes) : undefined;
  const tree = html`<section class="card" aria-labelledby="checks-${index + 1}">
${heading(level, say(words.checks), `checks-${index + 1}`)}
${checkTree(page, part)}
</section>`;
  return html`<section class="mailbox" id="mailbox-${index + 1}">
${title === undefined ? undefined : html`<h2>${title}</h2>`}
${cards}
${checks.length > 0 ? tree : undefined}
</section>
`;
};

/** The report itself, so that a page can be read again; no byte in it ends the element or opens a comment. */
const embedded = (report: Report): Markup => {
  const json = jsonOf(report).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return html`<script type="application/json" id="crm-doctor-report">${trusted(json)}</script>`;
};

const bodyOf = (page: Page): Markup => {
  const parts = mailboxesOf(page.verbose ? page.report : withExamples(page.report));
  return html`${manyPart(page)}
${overviewPart(page, parts)}
${findingsPart(page)}
${simulationPart(page)}
${parts.map((part, index) => mailboxPart(page, part, index, parts.length > 1))}
${comparisonParts(page)}
${vantagePart(page)}
${driftPart(page)}
${trendsPart(page)}
${preventionPart(page)}`;
};

/** One page to open, print and forward: no script, no load from elsewhere, everything from outside escaped. */
export const htmlReporter: Reporter = {
  name: 'html',
  render: (report, options) => {
    const page = pageOf(report, options);
    const { language, say } = page;
    const { word } = verdictOf(report, language);
    const title = ['crm-doctor', report.run.command, report.run.target].filter((part) => part !== '').join(' ');
    return textOf(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="crm-doctor ${report.tool.version}">
<title>${word}: ${title}</title>
<style>
${trusted(style)}
${comparisonsOf(report).length > 0 && !options.quiet ? trusted(comparisonStyle.trim()) : undefined}
${report.trends !== undefined && !options.quiet ? trusted(trendsStyle.trim()) : undefined}
</style>
</head>
<body>
<a class="skip-link" href="#content">${say(words.skipLink)}</a>
${iconSprite}
<div class="page">
<main id="content" tabindex="-1">
${verdictPart(page)}
${errorPart(page)}
${options.quiet ? undefined : bodyOf(page)}
</main>
${runFacts(page)}
</div>
${embedded(report)}
</body>
</html>
`);
  },
};
