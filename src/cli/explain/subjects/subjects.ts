import { crmSubjects } from './crm.ts';
import { mailSubjects } from './mail.ts';
import type { Subject } from './subject.ts';
import { syncSubjects } from './sync.ts';
import { workflowSubjects } from './workflow.ts';

/** Everything that can be read about as a whole, by area. */
export const subjects: readonly Subject[] = [...mailSubjects, ...crmSubjects, ...syncSubjects, ...workflowSubjects];
