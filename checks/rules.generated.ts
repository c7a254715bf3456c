// Written by `npm run generate`; do not edit.
import * as m0 from './workflow/maint-suppression-unused.rule.ts';

export const ruleModules: readonly object[] = [
  m0,
];
