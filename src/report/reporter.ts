import type { Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';

/** How a report is to look; formats for machines ignore most of it. */
export interface RenderOptions {
  readonly columns: number;
  readonly colour: boolean;
  /** No character outside ASCII in what the reporter itself writes. */
  readonly ascii: boolean;
  /** For screen readers: a fact a line, words in place of symbols, nothing drawn. */
  readonly plain?: boolean;
  /** Passes one by one with their time, and what was ruled out. */
  readonly verbose: boolean;
  /** The verdict only. */
  readonly quiet: boolean;
  /** Where the full report lies. */
  readonly reportPath?: string;
  readonly language: Language;
}

/** One output format. Pure; the result ends with a line break. */
export interface Reporter {
  readonly name: string;
  render(report: Report, options: RenderOptions): string;
  /** Only where the format has a convention of its own (Nagios). */
  exitCode?(report: Report): number;
  /** Markdown for the page of the job (GitHub's `GITHUB_STEP_SUMMARY`), of at most so many bytes; '' where none fits. */
  jobSummary?(report: Report, options: RenderOptions, room: number): string;
}
