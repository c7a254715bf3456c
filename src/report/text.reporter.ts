import type { Report } from '../model/report.ts';
import { withoutCommands } from './ci-commands.ts';
import type { MailboxPart } from './grouping.ts';
import { mailboxesOf, withoutWorkflows } from './grouping.ts';
import { withExamples } from './many.ts';
import type { Reporter } from './reporter.ts';
import { baselineBlock, fixesBlock } from './text/baseline-block.ts';
import { checkLinesBlock, checksBlock, failedBlock } from './text/checks-block.ts';
import { comparisonBlocks } from './text/comparison-block.ts';
import { diagnosisBlock } from './text/diagnosis-block.ts';
import { driftBlock } from './text/drift-block.ts';
import { findingsBlocks } from './text/findings-block.ts';
import {
  errorBlock,
  header,
  interruption,
  mailboxHeading,
  overview,
  preventionBlock,
  verdictLines,
} from './text/frame.ts';
import { manyBlock } from './text/many-block.ts';
import type { Page } from './text/page.ts';
import { pageOf } from './text/page.ts';
import { simulationBlocks } from './text/simulation-block.ts';
import { trendsBlock } from './text/trends-block.ts';
import { vantageBlock } from './text/vantage-block.ts';

type Block = readonly string[];

const diagnosisBlocks = (page: Page, { checks, diagnoses }: MailboxPart, critical: boolean): readonly Block[] =>
  diagnoses
    .filter(({ severity }) => (severity === 'critical') === critical)
    .map((diagnosis) => diagnosisBlock(page, diagnosis, checks));

/** The bad news of every mailbox that has some, one block a root cause, then what else was found there. */
const mailboxBlocks = (page: Page, report: Report): readonly Block[] => {
  const parts = mailboxesOf(report);
  const several = parts.length > 1;
  const told = parts.filter(({ checks, diagnoses }) => {
    const quiet = diagnoses.length === 0 && checks.every(({ status }) => status === 'pass');
    return !several || page.verbose || !quiet;
  });
  return [
    ...(several ? [overview(page, parts)] : []),
    ...told.flatMap((part) => [
      ...(several ? [mailboxHeading(page, part.mailbox)] : []),
      ...diagnosisBlocks(page, part, true),
      failedBlock(page, part, report),
      ...diagnosisBlocks(page, part, false),
      checksBlock(page, part),
    ]),
  ];
};

/** For people at a terminal: failures in full, passes as a count, the verdict last. */
export const textReporter: Reporter = {
  name: 'text',
  render: (report, options) => {
    const page = pageOf(options);
    const { reportPath } = options;
    if (options.quiet) return withoutCommands(`${verdictLines(page, report, { causes: true }).join('\n')}\n`);
    const blocks: readonly Block[] = [
      [...header(page, report), ...interruption(page, report)],
      errorBlock(page, report),
      baselineBlock(page, report),
      ...findingsBlocks(page, report),
      ...simulationBlocks(page, report),
      fixesBlock(page, report),
      ...(report.findings === undefined ? [] : [checkLinesBlock(page, report)]),
      manyBlock(page, report),
      ...mailboxBlocks(page, withoutWorkflows(page.verbose ? report : withExamples(report))),
      ...comparisonBlocks(page, report),
      vantageBlock(page, report),
      driftBlock(page, report),
      trendsBlock(page, report),
      preventionBlock(page, report),
      verdictLines(page, report, { reportPath, causes: false }),
    ];
    // What is set in for the eye is silence for the ear.
    const line = (one: string): string => (page.plain ? one.trimStart() : one);
    const text = blocks.filter((block) => block.length > 0).map((block) => block.map(line).join('\n'));
    return withoutCommands(`${text.join('\n\n')}\n`);
  },
};
