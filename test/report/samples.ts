import { readdirSync, readFileSync } from 'node:fs';
import type { Report } from '../../src/model/report.ts';
import type { RenderOptions } from '../../src/report/reporter.ts';

const folder = new URL('./samples/', import.meta.url);

/** `proven.en`, `proven.ja`, … */
export const sampleNames: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .toSorted();

export const sample = (name: string): Report =>
  // The samples are checked against the schema by a test of their own.
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Report;

/** Options as the command line gives them, with what a test changes. */
export const optionsFor = (report: Report, more: Partial<RenderOptions> = {}): RenderOptions => ({
  columns: 80,
  colour: false,
  ascii: false,
  verbose: false,
  quiet: false,
  language: report.run.language,
  reportPath: '~/.local/state/crm-doctor/runs/20261124T020512Z-ab12cd.json',
  ...more,
});

/** Every combination of a table's values. */
export const combinations = <T extends Readonly<Record<string, readonly unknown[]>>>(
  table: T,
): readonly { readonly [K in keyof T]: T[K][number] }[] =>
  Object.entries(table).reduce<readonly Record<string, unknown>[]>(
    (all, [key, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{}],
    // Built key by key, so the compiler cannot see that every key is there.
  ) as readonly { readonly [K in keyof T]: T[K][number] }[];
