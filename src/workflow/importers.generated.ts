// Written by `npm run generate`; do not edit.
import { bpmn } from './bpmn.importer.ts';
import { espocrm } from './espocrm.importer.ts';
import { hubspot } from './hubspot.importer.ts';
import { kintone } from './kintone.importer.ts';
import { nativeYaml } from './native.importer.ts';
import { odoo } from './odoo.importer.ts';
import { powerAutomate } from './power-automate.importer.ts';
import { requestTracker } from './request-tracker.importer.ts';
import { salesforceImporter } from './salesforce.importer.ts';
import { suitecrm } from './suitecrm.importer.ts';
import { tryton } from './tryton.importer.ts';
import { vtiger } from './vtiger.importer.ts';
import { zoho } from './zoho.importer.ts';
import type { Importer } from './importer.ts';

export const importers: readonly Importer[] = [
  bpmn,
  espocrm,
  hubspot,
  kintone,
  nativeYaml,
  odoo,
  powerAutomate,
  requestTracker,
  salesforceImporter,
  suitecrm,
  tryton,
  vtiger,
  zoho,
];
