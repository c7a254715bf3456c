import { crmTerms } from './crm.terms.ts';
import { domainTerms } from './domain.terms.ts';
import { encryptionTerms } from './encryption.terms.ts';
import { loginTerms } from './login.terms.ts';
import { mailTerms } from './mail.terms.ts';
import { networkTerms } from './network.terms.ts';
import { syncTerms } from './sync.terms.ts';
import { technicalTerms } from './technical.terms.ts';
import type { Term } from './term.ts';
import { workflowTerms } from './workflow.terms.ts';

/** Every word that is explained where a beginner first meets it. */
export const glossary: readonly Term[] = [
  ...mailTerms,
  ...networkTerms,
  ...encryptionTerms,
  ...loginTerms,
  ...domainTerms,
  ...crmTerms,
  ...syncTerms,
  ...workflowTerms,
  ...technicalTerms,
];
