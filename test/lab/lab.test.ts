import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultJobs, loadCases, startCases } from './main.ts';
import type { Result } from './run-case.ts';
import { type Lab, startLab } from './site.ts';
import { ensureTools } from './tools.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const selection = (await loadCases(root)).filter(({ labCase }) => labCase.selection);

const reason = ensureTools();
if (reason !== undefined) console.warn(`The lab against real servers cannot run here: ${reason}.`);

if (reason !== undefined && process.env.CI === 'true') {
  test('the lab against real servers can run', () => {
    throw new Error(`It cannot: ${reason}.`);
  });
}

// Namespaces and standard ports need root on Linux; elsewhere each case is listed as skipped, and with CI=true it fails above.
const describeWhereItCan = reason === undefined ? describe : describe.skip;

describeWhereItCan('crm-doctor against real Dovecot, Postfix and BIND', () => {
  let lab: Lab | undefined;
  let results: ReadonlyMap<string, Promise<Result>> = new Map();

  beforeAll(async () => {
    lab = await startLab(root);
    results = startCases(lab, selection, defaultJobs);
  }, 60_000);

  afterAll(() => lab?.stop());

  // All cases run from the start, a few at a time; a test waits for its own.
  test.each(selection.map(({ name, labCase }) => [name, labCase.title]))(
    '%s: %s',
    async (name) => {
      const result = await results.get(name);
      expect(result?.mismatches).toEqual([]);
    },
    300_000,
  );
});
