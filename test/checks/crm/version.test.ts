import { describe, expect, test } from '@jest/globals';
import { crmConnect } from '../../../checks/crm/connect.check.ts';
import { crmVersion, plainVersion } from '../../../checks/crm/version.check.ts';
import { forecasts } from '../../../checks/forecasts.ts';
import { crmVersionTable } from '../../../checks/version/crm-table.ts';
import type { CrmIdentity } from '../../../src/model/crm/answers.ts';
import type { World } from '../../../src/model/world.ts';
import { noWorld } from '../../engine.ts';
import { certificate, done } from '../evidence.ts';
import { at, connectFact, crm, crmEvidence, foundIn, identity, reach } from './crm-evidence.ts';

const never = new AbortController().signal;

/** A world in which the CRM says this of itself. */
const saying = (value: CrmIdentity): World => ({
  ...noWorld,
  clock: { now: () => new Date(at) },
  crm: { ...noWorld.crm, ask: async () => ({ kind: 'answered', value }) as never },
  versions: {
    table: async () => ({
      schema: 'crm-doctor/versions/v1',
      date: '2026-11-01',
      rows: [{ product: 'espocrm', cycle: '10.0', endOfSupport: '2026-11-10', source: 'ours' }],
    }),
  },
});

const seen = async (value: CrmIdentity, versionsFile?: string) => {
  const subject = crm({ type: value.product, ...(versionsFile === undefined ? {} : { versionsFile }) });
  const fact = await crmVersion.probe(subject, saying(value), never);
  const evidence = crmEvidence(subject, [
    [crmConnect, connectFact(subject, value)],
    [crmVersion, fact],
  ]);
  return {
    fact,
    verdict: crmVersion.judge(fact, subject),
    found: foundIn(subject, evidence),
    ahead: forecasts.flatMap((forecast) => forecast(evidence, subject)),
  };
};

const odoo = (version: string, more: Partial<CrmIdentity> = {}) =>
  identity({ product: 'odoo', name: 'Odoo', version, ...more });

describe('the version of a CRM', () => {
  test.each([
    ['16.0', ['version.end-of-life']],
    ['17.0+e', ['version.end-of-life']],
    ['18.0', []],
    ['saas~17.4', []],
    ['20.0', []],
  ])('Odoo %s', async (version, finds) => {
    expect((await seen(odoo(version))).found.map(({ id }) => id)).toEqual(finds);
  });

  test('an ended one names what is still mended', async () => {
    const { found, verdict } = await seen(odoo('16.0'));
    expect(found[0]?.text).toContain('Still mended: 18.0, 19.0, 20.0');
    expect(verdict).toMatchObject({ grade: 'warn' });
  });

  test('behind its own series, and not ended', async () => {
    const { found } = await seen(identity({ version: '9.3.2' }));
    expect(found.map(({ id }) => id)).toEqual(['version.outdated']);
    expect(found[0]?.finding.ruledOut?.map(({ cause }) => cause)).toEqual(['version.end-of-life']);
  });

  test('a package of a distribution that mends it is well', async () => {
    const rt = { product: 'request-tracker', name: 'Request Tracker', version: '5.0.3+dfsg-3~deb12u6' };
    expect((await seen(identity(rt))).found).toEqual([]);
    const tryton = { product: 'tryton', name: 'Tryton', version: '6.0.29' };
    expect((await seen(identity(tryton))).found).toEqual([]);
  });

  test('the table of the user takes the place of ours', async () => {
    const { found } = await seen(identity(), '/etc/versions.json');
    expect(found.map(({ id }) => id)).toEqual(['version.end-of-life']);
  });

  test('a service that tells none is left out, not called well', async () => {
    const { version: _, ...none } = identity({ product: 'kintone', name: 'kintone' });
    expect((await seen(none)).verdict.grade).toBe('skip');
  });

  test('modules whose upgrade was not brought to its end', async () => {
    const { found, verdict } = await seen(
      odoo('19.0', { modules: [{ name: 'crm', version: '19.0.1.8', pending: '19.0.1.9' }, { name: 'mail' }] }),
    );
    expect(found.map(({ id }) => id)).toEqual(['version.upgrade-pending']);
    expect(found[0]?.text).toContain('-u crm --stop-after-init');
    expect(verdict.grade).toBe('warn');
  });
});

describe('the version of an API', () => {
  const salesforce = (used: string, ends?: string) =>
    identity({
      product: 'salesforce',
      name: 'Salesforce',
      version: '',
      api: { used, newest: 'v68.0', ...(ends === undefined ? {} : { ends }) },
    });

  test('ends within a year', async () => {
    const { found, ahead } = await seen(salesforce('v62.0', '2027-06-01'));
    expect(found.map(({ id }) => id)).toEqual(['version.api-ends']);
    expect(ahead).toEqual([]);
  });

  test('ends later: a note with its day', async () => {
    const { found, ahead } = await seen(salesforce('v40.0'));
    expect(found).toEqual([]);
    expect(ahead).toMatchObject([{ id: 'version.api-ends', due: '2028-05-31' }]);
  });

  test('was switched off by the table', async () => {
    const { found } = await seen(salesforce('v30.0'));
    expect(found[0]?.text).toContain('was to end on 2025-05-31');
  });

  test('goes with a version to come: a note without a day', async () => {
    const { found, ahead } = await seen(odoo('20.0', { api: { used: 'JSON-RPC', newest: 'JSON-2', ends: 'Odoo 22' } }));
    expect(found).toEqual([]);
    expect(ahead).toMatchObject([{ id: 'version.api-ends', says: { en: expect.stringContaining('Odoo 22') } }]);
    expect(ahead[0]).not.toHaveProperty('due');
  });
});

describe('what is ahead', () => {
  test('the end of a series within a year', async () => {
    const { ahead } = await seen(odoo('18.0'));
    expect(ahead).toMatchObject([{ id: 'version.end-of-life', due: '2027-09-30' }]);
    expect((await seen(odoo('19.0'))).ahead).toEqual([]);
  });

  test("the certificate of the CRM's web server", () => {
    const subject = crm();
    const way = reach({ tls: { handshake: done({}, certificate({ notAfter: '2026-12-30T00:00:00.000Z' })) } });
    const evidence = crmEvidence(subject, [[crmConnect, connectFact(subject, identity(), way)]]);
    expect(forecasts.flatMap((forecast) => forecast(evidence, subject))).toMatchObject([
      { id: 'tls.certificate-expires-soon', due: '2026-12-30' },
    ]);
  });
});

test('numbers are read out of what products write', () => {
  expect(plainVersion('16.0+e')).toEqual({ version: '16.0' });
  expect(plainVersion('saas~17.4')).toEqual({ version: '17.4' });
  expect(plainVersion('5.0.3+dfsg-3~deb12u6')).toEqual({ version: '5.0.3', distribution: 'debian' });
  expect(plainVersion('master')).toEqual({});
});

test('the table is sound', () => {
  for (const { cycle, endOfSupport, released, source, product } of crmVersionTable.rows) {
    expect(product).toMatch(/^[a-z-]+$/);
    expect(cycle).toMatch(/^\d+(\.\d+)?$/);
    for (const day of [endOfSupport, released])
      if (day !== undefined) expect(new Date(day).toISOString()).toContain(day);
    expect(source).toMatch(/^https:\/\//);
  }
});
