import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultJobs, loadCases, startCases } from './main.ts';
import { missingServer, type Result } from './run-case.ts';
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

// With CI=true a case that cannot be run is a failed one, by its mismatches.
const withReason = selection.map((named) => ({ named, missing: reason ?? missingServer(named) }));
const possible = withReason.filter(({ missing }) => missing === undefined || process.env.CI === 'true');
const impossible = withReason.filter((one) => !possible.includes(one));

describeWhereItCan('crm-doctor against real Dovecot, Postfix and BIND', () => {
  let lab: Lab | undefined;
  let results: ReadonlyMap<string, Promise<Result>> = new Map();

  beforeAll(async () => {
    lab = await startLab(root);
    results = startCases(
      lab,
      possible.map(({ named }) => named),
      defaultJobs,
    );
  }, 60_000);

  afterAll(() => lab?.stop());

  // All cases run from the start, a few at a time; a test waits for its own.
  test.each(possible.map(({ named: { name, labCase } }) => [name, labCase.title]))(
    '%s: %s',
    async (name) => {
      const result = await results.get(name);
      expect(result?.mismatches).toEqual([]);
    },
    300_000,
  );

  for (const { named, missing } of impossible) test.skip(`${named.name}: ${missing}`, () => undefined);
});
