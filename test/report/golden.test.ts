import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { githubReporter } from '../../src/report/github.reporter.ts';
import { htmlReporter } from '../../src/report/html.reporter.ts';
import { jsonReporter } from '../../src/report/json.reporter.ts';
import { junitReporter } from '../../src/report/junit.reporter.ts';
import { markdownReporter } from '../../src/report/markdown.reporter.ts';
import { nagiosReporter } from '../../src/report/nagios.reporter.ts';
import { ndjsonReporter } from '../../src/report/ndjson.reporter.ts';
import { openmetricsReporter } from '../../src/report/openmetrics.reporter.ts';
import type { RenderOptions, Reporter } from '../../src/report/reporter.ts';
import { sarifReporter } from '../../src/report/sarif.reporter.ts';
import { textReporter } from '../../src/report/text.reporter.ts';
import { optionsFor, sample } from './samples.ts';

// UPDATE_GOLDEN=1 writes the files; look at the difference before you commit it.
const folder = new URL('./golden/', import.meta.url);

const expectGolden = (file: string, text: string): void => {
  const path = new URL(file, folder);
  if (process.env.UPDATE_GOLDEN || !existsSync(path)) {
    if (process.env.CI) throw new Error(`${file} is missing`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, 'utf8'));
};

const texts: readonly (readonly [string, Partial<RenderOptions>, string])[] = [
  ['healthy', {}, '80'],
  ['proven', {}, '80'],
  ['proven', { columns: 40 }, '40'],
  ['proven', { columns: 120 }, '120'],
  ['proven', { columns: 200 }, '200'],
  ['proven', { ascii: true }, '80.ascii'],
  ['proven', { colour: true }, '80.colour'],
  ['proven', { verbose: true }, '80.verbose'],
  ['proven', { quiet: true }, '80.quiet'],
  ['several', {}, '80'],
  ['several', { columns: 40, ascii: true }, '40.ascii'],
  ['warnings', {}, '80'],
  ['unknown', {}, '80'],
  ['interrupted', {}, '80'],
  ['error', {}, '80'],
  ['vantage', {}, '80'],
  ['vantage', { columns: 40 }, '40'],
  ['mailboxes', {}, '80'],
  ['mailboxes', { columns: 40 }, '40'],
  ['workflow', {}, '80'],
  ['workflow', { columns: 40 }, '40'],
  ['workflow', { columns: 120, verbose: true }, '120.verbose'],
  ['workflow', { ascii: true }, '80.ascii'],
  ['workflow', { quiet: true }, '80.quiet'],
  ['history', {}, '80'],
  ['history', { columns: 40, ascii: true }, '40.ascii'],
  ['history', { columns: 120, verbose: true }, '120.verbose'],
  ['history', { plain: true }, '80.plain'],
  ['hostile', {}, '80'],
  ['sync', {}, '80'],
  ['sync', { columns: 40 }, '40'],
  ['sync', { columns: 120 }, '120'],
  ['sync', { columns: 120, verbose: true }, '120.verbose'],
  ['sync', { columns: 40, ascii: true }, '40.ascii'],
  ['sync', { colour: true }, '80.colour'],
  ['sync', { quiet: true }, '80.quiet'],
  ['sync-hostile', {}, '80'],
  ['sync-hostile', { columns: 40, verbose: true }, '40.verbose'],
];

const others: readonly (readonly [Reporter, string, readonly string[]])[] = [
  [jsonReporter, 'json', ['history', 'hostile', 'interrupted', 'error']],
  [ndjsonReporter, 'ndjson', ['proven', 'mailboxes', 'interrupted', 'error', 'workflow', 'hostile', 'sync-hostile']],
  [
    markdownReporter,
    'md',
    [
      'proven',
      'several',
      'vantage',
      'mailboxes',
      'interrupted',
      'error',
      'workflow',
      'history',
      'hostile',
      'sync',
      'sync-hostile',
    ],
  ],
  [
    junitReporter,
    'xml',
    ['proven', 'several', 'mailboxes', 'interrupted', 'error', 'workflow', 'hostile', 'sync', 'sync-hostile'],
  ],
  [
    githubReporter,
    'github.txt',
    ['healthy', 'several', 'mailboxes', 'interrupted', 'error', 'workflow', 'hostile', 'sync', 'sync-hostile'],
  ],
  [
    nagiosReporter,
    'nagios.txt',
    [
      'healthy',
      'several',
      'mailboxes',
      'interrupted',
      'warnings',
      'unknown',
      'error',
      'workflow',
      'hostile',
      'sync',
      'sync-hostile',
    ],
  ],
  [
    htmlReporter,
    'html',
    [
      'proven',
      'mailboxes',
      'interrupted',
      'vantage',
      'trends',
      'history',
      'warnings',
      'error',
      'workflow',
      'hostile',
      'sync',
      'sync-hostile',
    ],
  ],
  [
    sarifReporter,
    'sarif',
    ['several', 'mailboxes', 'interrupted', 'unknown', 'error', 'workflow', 'hostile', 'sync', 'sync-hostile'],
  ],
  [
    openmetricsReporter,
    'openmetrics.txt',
    ['healthy', 'mailboxes', 'interrupted', 'error', 'workflow', 'history', 'hostile', 'sync', 'sync-hostile'],
  ],
];

describe.each(['en', 'ja'])('golden files in %s', (language) => {
  test.each(texts)('text: %s %j', (name, more, suffix) => {
    const report = sample(`${name}.${language}`);
    expectGolden(`${name}.${language}.${suffix}.txt`, textReporter.render(report, optionsFor(report, more)));
  });

  test.each(others.flatMap(([reporter, suffix, names]) => names.map((name) => [suffix, name, reporter] as const)))(
    '%s: %s',
    (suffix, name, reporter) => {
      const report = sample(`${name}.${language}`);
      expectGolden(`${name}.${language}.${suffix}`, reporter.render(report, optionsFor(report)));
    },
  );
});
