import { describe, expect, test } from '@jest/globals';
import { simulate } from '../../../src/workflow/simulate/simulate.ts';
import { projectFrom, sampleFrom } from './tried.ts';

const project = projectFrom(`workflow: w
object: Deal
trigger: { on: update }
steps: [{ id: s, update: record, set: { note: x } }]
`);

const explained = (message: string, language: 'en' | 'ja' = 'en') =>
  simulate(
    project,
    [{ ...sampleFrom('{ event: update }'), messageOnly: true, observed: { status: 'failed', message } }],
    language,
  ).samples[0];

describe('messages of execution logs', () => {
  test.each([
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION: Give a reason', 'action-violates-validation'],
    ['REQUIRED_FIELD_MISSING: Required fields are missing: [Name]', 'action-create-missing-required'],
    ['INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights on object id', 'perm-object-denied'],
    ['UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record', 'flow-write-race'],
    ['odoo.exceptions.ValidationError: The amount must be positive', 'action-violates-validation'],
    ['odoo.exceptions.AccessError: You are not allowed to modify this', 'perm-object-denied'],
    ['odoo.exceptions.MissingError: Record does not exist or has been deleted.', 'action-use-after-delete'],
    ['[400] [GAIA_CO02] リビジョンは最新ではありません', 'flow-stale-after-wait'],
    ['GAIA_NT01: 作業者のみがステータスを変更できます', 'perm-assignee-cannot-act'],
    ['{"category":"VALIDATION_ERROR","error":"INVALID_OPTION"}', 'action-write-unknown-picklist'],
    ["SQLSTATE[42S22]: Unknown column 'jt0.industry' in 'where clause'", 'cond-unknown-field'],
  ])('%s', (message, rule) => {
    expect(explained(message)?.observed?.rules?.[0]).toBe(`workflow.${rule}`);
    expect(explained(message)?.observed?.explained).toMatch(/\.$/);
    expect(explained(message, 'ja')?.observed?.explained).toMatch(/。$/);
  });

  test('what nobody knows is passed on as it is, and nothing is replayed', () => {
    expect(explained('something else')).toEqual({
      name: 'sample',
      status: 'unknown',
      because: 'the line has no record, so it could not be replayed',
      steps: [],
      record: null,
      written: [],
      mails: [],
      observed: { status: 'failed', message: 'something else' },
    });
  });

  test('a line with a record is replayed and compared', () => {
    const of = (observed: string) =>
      simulate(
        project,
        [
          sampleFrom(
            `{ workflow: w, event: update, record: { id: D1 }, answers: { s: fails }, observed: ${observed} }`,
          ),
        ],
        'en',
      ).samples[0]?.matches;
    expect(of('{ status: failed, step: s, message: x }')).toBe(true);
    expect(of('{ status: Error }')).toBe(true);
    expect(of('{ status: failed, step: other }')).toBe(false);
    expect(of('{ status: success }')).toBe(false);
  });
});
