import { describe, expect, test } from '@jest/globals';
import { forecasts } from '../../checks/forecasts.ts';
import { imapAuth } from '../../checks/mail/imap-auth.check.ts';
import { smtpAuth } from '../../checks/mail/smtp-auth.check.ts';
import { mailTls } from '../../checks/mail/tls.check.ts';
import { mailVersions } from '../../checks/mail/versions.check.ts';
import type { Evidence } from '../../src/model/check.ts';
import { mailbox } from './evidence.ts';

const at = '2026-11-24T00:00:00.000Z';
const accepted = { kind: 'accepted', reply: { code: '235', text: '' }, ms: 1 };

/** Facts by check; of others nothing was seen. */
const ahead = (facts: readonly (readonly [object, object])[], subject = mailbox()) => {
  const seen = new Map<object, object>(facts);
  const evidence = { fact: (check: object) => seen.get(check), others: [] } as unknown as Evidence;
  return forecasts.flatMap((forecast) => forecast(evidence, subject)).map(({ id, due }) => [id, due]);
};

const at365 = () => mailbox({ smtp: { host: 'smtp.office365.com' } });

describe('what will go wrong on a known day', () => {
  test('a provider has announced the end of what works today', () => {
    const facts = [
      [smtpAuth, { login: accepted }],
      [mailTls.smtp, { at }],
    ] as const;
    expect(ahead(facts, at365())).toEqual([['auth.basic-disabled', '2026-12-31']]);
    expect(ahead(facts)).toEqual([]);
    expect(ahead([[smtpAuth, { login: { ...accepted, kind: 'refused' } }], facts[1]], at365())).toEqual([]);
    expect(ahead([facts[0], [mailTls.smtp, { at: '2027-02-01T00:00:00Z' }]], at365())).toEqual([]);
  });

  test('a configured token and a client certificate that end within sixty days, each once', () => {
    const token = (from: string, expires: string) => ({ token: { from, at, claims: { expires } } });
    const both = (fact: object) =>
      [
        [smtpAuth, fact],
        [imapAuth, fact],
      ] as const;
    expect(ahead(both(token('configured', '2026-12-24T00:00:00Z')))).toEqual([
      ['auth.oauth-token-expired', '2026-12-24'],
    ]);
    expect(ahead(both(token('configured', '2027-12-24T00:00:00Z')))).toEqual([]);
    expect(ahead(both(token('refreshed', '2026-11-24T01:00:00Z')))).toEqual([]);
    const clientCertificate = { cert: './crm.pem', notAfter: '2026-12-20T00:00:00Z' };
    expect(
      ahead([
        [mailTls.smtp, { at, clientCertificate }],
        [mailTls.imap, { at, clientCertificate }],
      ]),
    ).toEqual([['tls.client-certificate-required', '2026-12-20']]);
  });

  test('the security fixes of the server end within a year', () => {
    const software = { product: 'dovecot', name: 'Dovecot', version: '2.3.21', says: '' };
    const ending = (endOfSupport: string) => ({
      at,
      software,
      rows: [{ product: 'dovecot', cycle: '2.3', endOfSupport, source: '' }],
    });
    expect(ahead([[mailVersions.imap, ending('2027-06-01')]])).toEqual([['version.end-of-life', '2027-06-01']]);
    expect(ahead([[mailVersions.imap, ending('2028-06-01')]])).toEqual([]);
    expect(ahead([[mailVersions.imap, ending('2025-06-01')]])).toEqual([]);
  });
});
