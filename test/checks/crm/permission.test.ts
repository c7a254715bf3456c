import { expect, test } from '@jest/globals';
import { crmConnect } from '../../../checks/crm/connect.check.ts';
import { crmMailSettings } from '../../../checks/crm/mail-settings.check.ts';
import type { Text } from '../../../src/model/text.ts';
import { connectFact, crm, crmEvidence, failure, foundIn, identity } from './crm-evidence.ts';

const right = { en: 'Administration: Settings', ja: '管理: 設定' };

test('what could not be read for want of a right is one cause, and the check is unknown', () => {
  const subject = crm({ type: 'odoo' });
  const fact = {
    product: 'Odoo',
    runtime: 'python',
    reply: { kind: 'failed', failure: failure({ kind: 'permission', what: 'ir.mail_server', needs: right }) },
  };
  const evidence = crmEvidence(subject, [
    [crmConnect, connectFact(subject, identity({ product: 'odoo', name: 'Odoo', user: { login: 'bot' } }))],
    [crmMailSettings, fact],
  ]);
  const [found, ...others] = foundIn(subject, evidence);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ id: 'crm.permission', finding: { severity: 'warning' } });
  for (const word of ['bot', 'ir.mail_server', right.en, 'crm.mail-settings', 'Users & Companies']) {
    expect(found?.text).toContain(word);
  }
  expect(evidence.of(crmMailSettings)).toMatchObject({ verdict: { grade: 'unknown' } });
});

const refusedBy = (type: string, needs?: Text) => {
  const subject = crm({ type });
  const reply = {
    kind: 'failed',
    failure: failure({ kind: 'permission', what: '/automation/v4/flows', ...(needs ? { needs } : {}) }),
  };
  return foundIn(
    subject,
    crmEvidence(subject, [
      [crmConnect, connectFact(subject, identity({ product: type, name: 'HubSpot' }))],
      [crmMailSettings, { product: 'HubSpot', runtime: 'java', reply }],
    ]),
  ).map(({ text }) => text);
};

test('where the connector says the right and its place, there is no second place beside it', () => {
  const needs = {
    en: 'the scope automation (Development > Legacy apps > the app > Scopes)',
    ja: 'スコープ automation',
  };
  const [text] = refusedBy('hubspot', needs);
  expect(text?.split(needs.en)).toHaveLength(2);
  expect(text).not.toMatch(/Private Apps|the role of the API user/);
});

test('where nobody says the right, a person is led to the roles', () => {
  expect(refusedBy('hubspot')).toEqual([expect.stringContaining('the role of the API user in the CRM')]);
});

test('another failure of a question is no want of a right', () => {
  const subject = crm();
  const fact = {
    product: 'EspoCRM',
    runtime: 'php',
    reply: { kind: 'failed', failure: failure({ kind: 'server-error', status: 500 }) },
  };
  const evidence = crmEvidence(subject, [
    [crmConnect, connectFact(subject, identity())],
    [crmMailSettings, fact],
  ]);
  expect(foundIn(subject, evidence)).toEqual([]);
});

test('a limit that is reached in the midst of the questions is named, too', () => {
  const subject = crm();
  const fact = {
    product: 'EspoCRM',
    runtime: 'php',
    reply: { kind: 'failed', failure: failure({ kind: 'rate-limited', status: 429, retryAfterMs: 60_000 }) },
  };
  const evidence = crmEvidence(subject, [
    [crmConnect, connectFact(subject, identity())],
    [crmMailSettings, fact],
  ]);
  expect(foundIn(subject, evidence)).toMatchObject([{ id: 'crm.rate-limited', finding: { severity: 'warning' } }]);
});
