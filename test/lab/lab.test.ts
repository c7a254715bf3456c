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

// Namespaces and standard ports need root on Linux, and a server that is only unpacked needs the archive or the cache. Where
// one of them is not there, nothing is wrong with the product, and no test that passes may hide it: each such case is listed
// as skipped, with the reason as its name. With CI=true it is a failure: of the test above, or of the case by its mismatch.
const listed = selection.map((named) => {
  const missing = reason ?? missingServer(named);
  return { named, missing, tried: missing === undefined || (reason === undefined && process.env.CI === 'true') };
});

describe('crm-doctor against real servers', () => {
  let lab: Lab | undefined;
  let results: ReadonlyMap<string, Promise<Result>> = new Map();

  // Jest leaves this out where every test is skipped.
  beforeAll(async () => {
    lab = await startLab(root);
    const tried = listed.filter((one) => one.tried);
    results = startCases(
      lab,
      tried.map(({ named }) => named),
      defaultJobs,
    );
  }, 60_000);

  afterAll(() => lab?.stop());

  // All cases run from the start, a few at a time; a test waits for its own. One that lacks a server or a right on this
  // machine is skipped, and its name says what is missing.
  for (const { named, missing, tried } of listed) {
    (tried ? test : test.skip)(
      `${named.name}: ${tried ? named.labCase.title : missing}`,
      async () => {
        const result = await results.get(named.name);
        expect(result?.mismatches).toEqual([]);
      },
      300_000,
    );
  }
});
