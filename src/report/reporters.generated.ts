// Written by `npm run generate`; do not edit.
import type { Reporter } from './reporter.ts';

/** Each format is loaded when it is asked for. */
export const reporters: Readonly<Record<string, () => Promise<Reporter>>> = {
  github: async () => (await import('./github.reporter.ts')).githubReporter,
  json: async () => (await import('./json.reporter.ts')).jsonReporter,
  junit: async () => (await import('./junit.reporter.ts')).junitReporter,
  markdown: async () => (await import('./markdown.reporter.ts')).markdownReporter,
  nagios: async () => (await import('./nagios.reporter.ts')).nagiosReporter,
  ndjson: async () => (await import('./ndjson.reporter.ts')).ndjsonReporter,
  text: async () => (await import('./text.reporter.ts')).textReporter,
};
