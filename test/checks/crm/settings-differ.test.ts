import { describe, expect, test } from '@jest/globals';
import { settingsDiffer } from '../../../checks/crm/settings-differ.cause.ts';
import { storedPasswordDiffers } from '../../../checks/crm/stored-password-differs.cause.ts';
import type { Evidence } from '../../../src/model/check.ts';
import type { MailConfig } from '../../../src/model/config.ts';
import type { CrmMailAccount } from '../../../src/model/crm/answers.ts';
import type { Subject } from '../../../src/model/mailbox.ts';
import { subjectAt } from '../../../src/model/mailbox.ts';
import type { Ill } from '../evidence.ts';
import { contact, domain, evidenceWith, expectSound, mailbox, port, refusal, refused } from '../evidence.ts';

const account: CrmMailAccount = {
  id: '7',
  name: 'Sales inbox',
  services: {},
  enabled: true,
  place: {
    en: 'Settings > Technical > Incoming Mail Servers > Sales inbox',
    ja: '［設定］→［技術］→［受信メールサーバー］→［Sales inbox］',
  },
  writable: ['host', 'port', 'security', 'username'],
};

const configured = mailbox();

/** The same mailbox as the CRM has it set. */
const inCrm = (over: Partial<MailConfig> = {}, more: Partial<CrmMailAccount> = {}): Subject =>
  subjectAt(
    { ...configured.config, ...over },
    {
      path: 'crm.mail[7]',
      label: configured.label,
      crm: { label: 'crm:odoo', path: 'crm', product: 'Odoo', account: { ...account, ...more }, password: 'given' },
    },
  );

const closed: Ill = { port: { imap: port([contact(refused)]) } };

const beside = (subject: Subject, ill: Ill, other: Subject = configured, otherIll: Ill = {}): Evidence => ({
  ...evidenceWith(subject, ill),
  others: [{ subject: other, evidence: evidenceWith(other, otherIll) }],
});

const wrongPort = inCrm({ imap: { host: `mail.${domain}`, port: 1143, security: 'tls' } });

describe('crm.settings-differ', () => {
  test('the difference is named, with the change of the whole set', () => {
    const evidence = beside(wrongPort, closed);
    const [finding, ...others] = settingsDiffer.explain(evidence, wrongPort);
    if (!finding) throw new Error('nothing found');
    expect(others).toEqual([]);
    expectSound(settingsDiffer, finding, wrongPort);
    expect(finding.severity).toBe('critical');
    expect(settingsDiffer.candidates(finding.detail, wrongPort)).toEqual([
      [{ path: 'crm.mail[7].imap.port', from: 1143, to: 993 }],
    ]);
  });

  test('both work: worth knowing only', () => {
    const other = inCrm({ imap: { host: `imap.${domain}`, port: 993, security: 'tls' } });
    const [finding] = settingsDiffer.explain(beside(other, {}), other);
    expect(finding?.severity).toBe('info');
  });

  test.each<readonly [string, Subject, Evidence]>([
    ['the same settings', inCrm(), beside(inCrm(), {})],
    ['the same settings that fail in both places', inCrm(), beside(inCrm(), closed, configured, closed)],
    [
      'the configured ones fail too',
      wrongPort,
      beside(wrongPort, closed, configured, { imap: { login: refusal('NO [AUTHENTICATIONFAILED] no') } }),
    ],
    ['another mailbox', wrongPort, beside(wrongPort, closed, mailbox({ address: `info@${domain}` }))],
    ['no configured mailbox', wrongPort, evidenceWith(wrongPort, closed)],
    ["a mailbox that is not the CRM's", configured, beside(configured, closed, mailbox({ imap: { host: 'x.test' } }))],
    [
      'only the letter case of the host',
      inCrm({ imap: { host: `MAIL.${domain}`, port: 993, security: 'tls' } }),
      beside(inCrm({ imap: { host: `MAIL.${domain}`, port: 993, security: 'tls' } }), {}),
    ],
  ])('nothing is claimed: %s', (_name, subject, evidence) => {
    expect(settingsDiffer.explain(evidence, subject)).toEqual([]);
  });

  test('what the API cannot write is not offered to be written', () => {
    const elsewhere = inCrm({ imap: { host: `mail.${domain}`, port: 1143, security: 'tls' } }, { writable: ['host'] });
    const [finding] = settingsDiffer.explain(beside(elsewhere, closed), elsewhere);
    if (!finding) throw new Error('nothing found');
    expect(
      settingsDiffer
        .steps(finding.detail, [])
        .map(({ en }) => en)
        .join(' '),
    ).not.toContain('--apply-to-crm');
  });
});

describe('another stored password', () => {
  const refusedThere = inCrm({}, { lastError: { says: 'b"[AUTHENTICATIONFAILED] Authentication failed."' } });

  test('is told where the CRM is refused and the same login is accepted here', () => {
    const found = storedPasswordDiffers.explain(evidenceWith(refusedThere), refusedThere);
    expect(found.length).toBeGreaterThan(0);
    for (const finding of found) expectSound(storedPasswordDiffers, finding, refusedThere);
  });

  test.each<readonly [string, Subject, Ill]>([
    [
      'the login is refused here too',
      refusedThere,
      { smtp: { login: refusal('535 5.7.8 no') }, imap: { login: refusal('NO no') } },
    ],
    ['the CRM failed for another reason', inCrm({}, { lastError: { says: '[Errno 111] Connection refused' } }), {}],
    ['the CRM has not failed', inCrm(), {}],
    [
      'it worked since',
      inCrm({}, { lastError: { says: '535 no', at: '2026-11-01T00:00:00Z' }, lastGood: '2026-11-02T00:00:00Z' }),
      {},
    ],
  ])('nothing is claimed: %s', (_name, subject, ill) => {
    expect(storedPasswordDiffers.explain(evidenceWith(subject, ill), subject)).toEqual([]);
  });
});
