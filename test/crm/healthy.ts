import { startDolibarr } from '../../fixtures/crm/dolibarr.server.ts';
import { dynamicsToken, startDynamics } from '../../fixtures/crm/dynamics.server.ts';
import { admin, startEspo } from '../../fixtures/crm/espocrm.server.ts';
import { startFrappe } from '../../fixtures/crm/frappe.server.ts';
import { company as frappeCompany } from '../../fixtures/crm/frappe-company.ts';
import { hubspotToken, startHubspot } from '../../fixtures/crm/hubspot.server.ts';
import { person, startKintone } from '../../fixtures/crm/kintone.server.ts';
import { startOdoo } from '../../fixtures/crm/odoo.server.ts';
import { odoo16, odoo18, odoo19 } from '../../fixtures/crm/odoo-company.ts';
import { pipedriveToken, startPipedrive } from '../../fixtures/crm/pipedrive.server.ts';
import { startRt } from '../../fixtures/crm/rt.server.ts';
import { salesforceToken, startSalesforce } from '../../fixtures/crm/salesforce.server.ts';
import { startSuite, client as suiteClient } from '../../fixtures/crm/suitecrm.server.ts';
import { startTrytonFixture } from '../../fixtures/crm/tryton.server.ts';
import { company as trytonCompany } from '../../fixtures/crm/tryton-company.ts';
import { apiKey, startTwenty } from '../../fixtures/crm/twenty.server.ts';
import { startZoho, zohoToken } from '../../fixtures/crm/zoho.server.ts';
import type { Wishes } from './session.ts';

/** A server that answers as it should, and how it is entered. */
export interface Healthy {
  readonly type: string;
  readonly start: () => Promise<{ readonly port: number; readonly stop: () => Promise<void> }>;
  readonly access: Omit<Wishes, 'url'> & { readonly secret: string };
}

const kintoneApp = {
  name: '案件管理',
  token: 'tokenOfDeals',
  fields: { properties: { 会社名: { type: 'SINGLE_LINE_TEXT', code: '会社名', label: '会社名' } }, revision: '3' },
};

const odooIn = (version: string, models: Parameters<typeof startOdoo>[0]['models'], secret: string): Healthy => ({
  type: 'odoo',
  start: () => startOdoo({ version, models, secret }),
  access: { database: 'crm', username: 'admin@example.com', secret },
});

/** The fixtures of the connectors; a new one is added here. */
export const healthy: Readonly<Record<string, Healthy>> = {
  'Odoo 16': odooIn('16.0', odoo16, 'pass-of-16'),
  'Odoo 18': odooIn('18.0', odoo18, 'pass-of-18'),
  'Odoo 19': odooIn('19.0', odoo19, 'f0'.repeat(20)),
  EspoCRM: { type: 'espocrm', start: startEspo, access: { username: admin.username, secret: admin.password } },
  Dolibarr: {
    type: 'dolibarr',
    start: () => startDolibarr({ key: 'dolikey-0f-the-tests' }),
    access: { secret: 'dolikey-0f-the-tests' },
  },
  kintone: {
    type: 'kintone',
    start: () => startKintone({ apps: { 12: kintoneApp } }),
    access: { username: person.username, secret: person.password },
  },
  Salesforce: { type: 'salesforce', start: startSalesforce, access: { secret: salesforceToken } },
  HubSpot: { type: 'hubspot', start: startHubspot, access: { secret: hubspotToken } },
  Dynamics: { type: 'dynamics', start: startDynamics, access: { secret: dynamicsToken } },
  Zoho: { type: 'zoho', start: startZoho, access: { secret: zohoToken } },
  Pipedrive: { type: 'pipedrive', start: startPipedrive, access: { secret: pipedriveToken } },
  Twenty: { type: 'twenty', start: startTwenty, access: { secret: apiKey } },
  SuiteCRM: { type: 'suitecrm', start: startSuite, access: suiteClient },
  Frappe: {
    type: 'frappe',
    start: () => startFrappe({ doctypes: frappeCompany, token: 'key-0f:the+tests/1' }),
    access: { secret: 'key-0f:the+tests/1' },
  },
  Tryton: {
    type: 'tryton',
    start: () => startTrytonFixture({ ...trytonCompany, password: 'Right+/&1' }),
    access: { database: 'crm', username: 'admin', secret: 'Right+/&1' },
  },
  'Request Tracker': { type: 'rt', start: startRt, access: { username: 'root', secret: 'secret+/&1' } },
};
