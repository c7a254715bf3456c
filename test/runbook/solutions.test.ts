import { expect, test } from '@jest/globals';
import type { RecordOf, RunbookRecord } from '../../src/runbook/record.ts';
import { lastSolutions } from '../../src/runbook/solutions.ts';

const at = '2026-11-27T09:00:00.000Z';

const found = (
  target: string | undefined,
  steps: NonNullable<RecordOf<'resolution'>['since']>['steps'] = [],
): readonly RunbookRecord[] => [
  {
    at,
    who: { user: 'hanako', host: 'crm01' },
    kind: 'resolution',
    run: 'b',
    cause: 'sync.page-lost',
    ...(target === undefined ? {} : { target }),
    text: 'went away',
    since: { run: 'a', at, steps },
  },
];

const solutionFor = async (target: string | undefined, records: readonly RunbookRecord[]) => {
  const recorded = async function* () {
    yield* records;
  };
  const read = () => Object.assign(recorded(), { broken: 0 });
  return (await lastSolutions({ read }, ['sync.page-lost'], { target })).get('sync.page-lost')?.text.en;
};

test('that a cause went away somewhere else, after nothing that is known, is not told', async () => {
  expect(await solutionFor('crm.csv / shop.csv', found('old.csv / new.csv'))).toBeUndefined();
  expect(await solutionFor('crm.csv / shop.csv', found(undefined))).toBeUndefined();
  expect(await solutionFor(undefined, found('old.csv / new.csv'))).toBeUndefined();
  expect(await solutionFor('crm.csv / shop.csv', found('crm.csv / shop.csv'))).toContain('went away between');
  expect(await solutionFor(undefined, found(undefined))).toContain('went away between');
});

test('what somebody did about it somewhere else is', async () => {
  const steps = [{ kind: 'note', at, text: 'the job repeats pages now' }] as const;
  expect(await solutionFor('crm.csv / shop.csv', found('old.csv / new.csv', steps))).toContain('repeats pages now');
});
