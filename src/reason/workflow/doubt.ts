import type { Problem } from '../../model/workflow/finding.ts';

/** What does not exist in an incomplete schema may well exist in the CRM: a warning, and only likely. */
export const unlessCertain = (certain: boolean): Pick<Problem, 'severity' | 'confidence'> =>
  certain ? {} : { severity: 'warning', confidence: 'likely' };
