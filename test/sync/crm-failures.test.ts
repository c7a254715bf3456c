import { expect, test } from '@jest/globals';
import type { CrmFailure } from '../../src/model/crm/failure.ts';
import { failureOf } from '../../src/sync/crm/failures.ts';

const what = 'contacts of crm:odoo';

test.each<[Pick<CrmFailure, 'kind' | 'status' | 'retryAfterMs'>, number, object]>([
  [{ kind: 'rate-limited', status: 429 }, 4, { kind: 'throttled', what, says: 'HTTP 429', after: 4 }],
  [
    { kind: 'rate-limited', retryAfterMs: 5_000 },
    0,
    { kind: 'throttled', what, says: 'rate-limited', after: 0, retryAfterMs: 5_000 },
  ],
  [{ kind: 'server-error', status: 500 }, 0, { kind: 'crm', what, says: 'HTTP 500', why: 'server-error' }],
  [{ kind: 'server-error', status: 500 }, 7, { kind: 'interrupted', what, says: 'HTTP 500', after: 7 }],
  [{ kind: 'malformed' }, 0, { kind: 'crm', what, says: 'malformed', why: 'malformed' }],
  [{ kind: 'key-expired', status: 401 }, 7, { kind: 'crm', what, says: 'HTTP 401', why: 'key-expired' }],
  [{ kind: 'auth', status: 401 }, 0, { kind: 'login-refused', what, says: 'HTTP 401' }],
  [{ kind: 'unreachable' }, 0, { kind: 'unreachable', what, says: 'unreachable' }],
])('what a CRM refuses, after some records or before any: %j %i', (failure, after, expected) => {
  expect(failureOf({ what: '/api', says: '', ...failure }, what, after)).toEqual(expected);
});
