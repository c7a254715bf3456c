// Written by `npm run generate`; do not edit.
import * as m0 from './workflow/cond-dead-user.rule.ts';
import * as m1 from './workflow/cond-multiselect-equals.rule.ts';
import * as m2 from './workflow/cond-operator-invalid.rule.ts';
import * as m3 from './workflow/cond-picklist-inactive.rule.ts';
import * as m4 from './workflow/cond-picklist-spelling.rule.ts';
import * as m5 from './workflow/cond-related-path.rule.ts';
import * as m6 from './workflow/cond-type-mismatch.rule.ts';
import * as m7 from './workflow/cond-unknown-field.rule.ts';
import * as m8 from './workflow/cond-unknown-picklist.rule.ts';
import * as m9 from './workflow/cond-unknown-record-type.rule.ts';
import * as m10 from './workflow/flow-dangling-target.rule.ts';
import * as m11 from './workflow/flow-dead-end-state.rule.ts';
import * as m12 from './workflow/flow-duplicate-transition.rule.ts';
import * as m13 from './workflow/flow-inner-cycle.rule.ts';
import * as m14 from './workflow/flow-no-effect.rule.ts';
import * as m15 from './workflow/flow-stale-after-wait.rule.ts';
import * as m16 from './workflow/flow-state-trap.rule.ts';
import * as m17 from './workflow/flow-state-unreachable.rule.ts';
import * as m18 from './workflow/flow-unreachable-step.rule.ts';
import * as m19 from './workflow/flow-wait-never-resumes.rule.ts';
import * as m20 from './workflow/maint-suppression-unused.rule.ts';

export const ruleModules: readonly object[] = [
  m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13,
  m14, m15, m16, m17, m18, m19, m20,
];
