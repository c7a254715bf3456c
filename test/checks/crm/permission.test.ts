import { expect, test } from '@jest/globals';
import { crmConnect } from '../../../checks/crm/connect.check.ts';
import { crmMailSettings } from '../../../checks/crm/mail-settings.check.ts';
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
