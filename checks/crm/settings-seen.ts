import type { Evidence } from '../../src/model/check.ts';
import type { CrmMailSettings } from '../../src/model/crm/answers.ts';
import type { CrmMailFact } from './mail-settings.check.ts';
import { crmMailSettings } from './mail-settings.check.ts';

/** The CRM's mail settings, where it told of them. */
export const settingsSeen = (
  evidence: Evidence,
): { readonly fact: CrmMailFact; readonly settings: CrmMailSettings } | undefined => {
  const fact = evidence.fact(crmMailSettings);
  return fact?.reply.kind === 'answered' ? { fact, settings: fact.reply.value } : undefined;
};
