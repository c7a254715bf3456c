// Written by `npm run generate`; do not edit.
import * as m0 from './workflow/flow-dangling-target.rule.ts';
import * as m1 from './workflow/flow-dead-end-state.rule.ts';
import * as m2 from './workflow/flow-duplicate-transition.rule.ts';
import * as m3 from './workflow/flow-inner-cycle.rule.ts';
import * as m4 from './workflow/flow-no-effect.rule.ts';
import * as m5 from './workflow/flow-stale-after-wait.rule.ts';
import * as m6 from './workflow/flow-state-trap.rule.ts';
import * as m7 from './workflow/flow-state-unreachable.rule.ts';
import * as m8 from './workflow/flow-unreachable-step.rule.ts';
import * as m9 from './workflow/flow-wait-never-resumes.rule.ts';
import * as m10 from './workflow/maint-suppression-unused.rule.ts';

export const ruleModules: readonly object[] = [
  m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10,
];
