// Written by `npm run generate`; do not edit.
import type { Connector } from '../model/crm/connector.ts';

/** By type and by other names; each is loaded when it is asked for. */
export const connectors: Readonly<Record<string, () => Promise<Connector>>> = {
  demo: async () => (await import('./demo.connector.ts')).demo,
  dolibarr: async () => (await import('./dolibarr.connector.ts')).dolibarr,
  dynamics: async () => (await import('./dynamics.connector.ts')).dynamics,
  dynamics365: async () => (await import('./dynamics.connector.ts')).dynamics,
  espocrm: async () => (await import('./espocrm.connector.ts')).espocrm,
  espo: async () => (await import('./espocrm.connector.ts')).espocrm,
  frappe: async () => (await import('./frappe.connector.ts')).frappe,
  erpnext: async () => (await import('./frappe.connector.ts')).frappe,
  hubspot: async () => (await import('./hubspot.connector.ts')).hubspot,
  kintone: async () => (await import('./kintone.connector.ts')).kintone,
  odoo: async () => (await import('./odoo.connector.ts')).odoo,
  pipedrive: async () => (await import('./pipedrive.connector.ts')).pipedrive,
  rt: async () => (await import('./rt.connector.ts')).rt,
  'request-tracker': async () => (await import('./rt.connector.ts')).rt,
  salesforce: async () => (await import('./salesforce.connector.ts')).salesforce,
  suitecrm: async () => (await import('./suitecrm.connector.ts')).suitecrm,
  suite: async () => (await import('./suitecrm.connector.ts')).suitecrm,
  tryton: async () => (await import('./tryton.connector.ts')).tryton,
  twenty: async () => (await import('./twenty.connector.ts')).twenty,
  zoho: async () => (await import('./zoho.connector.ts')).zoho,
};
