import type { Operator } from '../../../model/workflow/condition.ts';
import type { Format } from '../../../model/workflow/workflow.ts';

/**
 * Whether a comparison holds for an empty value. Native YAML: only the three that deny. Elsewhere an empty text never equals one that is
 * written, but what is denied, and numbers and yes/no fields (empty may count as 0 or no: PHP, Odoo, Salesforce formulas), differ by platform.
 */
export const holdsForEmpty = (op: Operator, format: Format, zeroHolds: boolean): 'yes' | 'no' | 'maybe' => {
  const denies = op === 'ne' || op === 'notIn' || op === 'notContains' || op === 'excludes';
  if (format === 'NY') return denies ? 'yes' : 'no';
  // A Salesforce flow, an Odoo domain and a kintone query let empty values pass where they deny.
  if (denies) return format === 'SF' || format === 'OD' || format === 'KI' ? 'yes' : 'maybe';
  return zeroHolds ? 'maybe' : 'no';
};
