// Written by `npm run generate`; do not edit.
import type { Reporter } from './reporter.ts';

/** Each format is loaded when it is asked for. */
export const reporters: Readonly<Record<string, () => Promise<Reporter>>> = {
  github: async () => (await import('./github.reporter.ts')).githubReporter,
  html: async () => (await import('./html.reporter.ts')).htmlReporter,
  json: async () => (await import('./json.reporter.ts')).jsonReporter,
  junit: async () => (await import('./junit.reporter.ts')).junitReporter,
  markdown: async () => (await import('./markdown.reporter.ts')).markdownReporter,
  nagios: async () => (await import('./nagios.reporter.ts')).nagiosReporter,
  ndjson: async () => (await import('./ndjson.reporter.ts')).ndjsonReporter,
  openmetrics: async () => (await import('./openmetrics.reporter.ts')).openmetricsReporter,
  sarif: async () => (await import('./sarif.reporter.ts')).sarifReporter,
  text: async () => (await import('./text.reporter.ts')).textReporter,
};
