// Written by `npm run generate`; do not edit.
import * as m0 from './workflow/flow-dead-end-state.rule.ts';
import * as m1 from './workflow/flow-duplicate-transition.rule.ts';
import * as m2 from './workflow/flow-state-trap.rule.ts';
import * as m3 from './workflow/flow-state-unreachable.rule.ts';
import * as m4 from './workflow/maint-suppression-unused.rule.ts';

export const ruleModules: readonly object[] = [
  m0, m1, m2, m3, m4,
];
