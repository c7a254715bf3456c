// Written by `npm run generate`; do not edit.
import * as m0 from './workflow/action-after-save-same-record.rule.ts';
import * as m1 from './workflow/action-create-missing-required.rule.ts';
import * as m2 from './workflow/action-double-write.rule.ts';
import * as m3 from './workflow/action-fault-path-missing.rule.ts';
import * as m4 from './workflow/action-fault-swallowed.rule.ts';
import * as m5 from './workflow/action-http-no-timeout.rule.ts';
import * as m6 from './workflow/action-in-loop.rule.ts';
import * as m7 from './workflow/action-inactive-assignee.rule.ts';
import * as m8 from './workflow/action-limit.rule.ts';
import * as m9 from './workflow/action-missing-parameter.rule.ts';
import * as m10 from './workflow/action-not-idempotent.rule.ts';
import * as m11 from './workflow/action-secret-literal.rule.ts';
import * as m12 from './workflow/action-subflow-inactive.rule.ts';
import * as m13 from './workflow/action-subflow-input.rule.ts';
import * as m14 from './workflow/action-subflow-missing.rule.ts';
import * as m15 from './workflow/action-subflow-recursion.rule.ts';
import * as m16 from './workflow/action-sync-callout.rule.ts';
import * as m17 from './workflow/action-unfiltered-lookup.rule.ts';
import * as m18 from './workflow/action-unfiltered-write.rule.ts';
import * as m19 from './workflow/action-unknown-assignee.rule.ts';
import * as m20 from './workflow/action-unknown-parameter.rule.ts';
import * as m21 from './workflow/action-unknown-type.rule.ts';
import * as m22 from './workflow/action-url-insecure.rule.ts';
import * as m23 from './workflow/action-use-after-delete.rule.ts';
import * as m24 from './workflow/action-write-out-of-range.rule.ts';
import * as m25 from './workflow/action-write-readonly.rule.ts';
import * as m26 from './workflow/action-write-too-long.rule.ts';
import * as m27 from './workflow/action-write-type-mismatch.rule.ts';
import * as m28 from './workflow/action-write-unknown-field.rule.ts';
import * as m29 from './workflow/action-write-unknown-picklist.rule.ts';
import * as m30 from './workflow/cond-branch-shadowed.rule.ts';
import * as m31 from './workflow/cond-date-literal-stale.rule.ts';
import * as m32 from './workflow/cond-dead-user.rule.ts';
import * as m33 from './workflow/cond-default-missing.rule.ts';
import * as m34 from './workflow/cond-duplicate.rule.ts';
import * as m35 from './workflow/cond-formula-syntax.rule.ts';
import * as m36 from './workflow/cond-formula-unknown-function.rule.ts';
import * as m37 from './workflow/cond-hardcoded-id.rule.ts';
import * as m38 from './workflow/cond-logic-index.rule.ts';
import * as m39 from './workflow/cond-logic-precedence.rule.ts';
import * as m40 from './workflow/cond-multiselect-equals.rule.ts';
import * as m41 from './workflow/cond-not-exhaustive.rule.ts';
import * as m42 from './workflow/cond-null-as-text.rule.ts';
import * as m43 from './workflow/cond-null-unsafe-compare.rule.ts';
import * as m44 from './workflow/cond-operator-invalid.rule.ts';
import * as m45 from './workflow/cond-path-contradiction.rule.ts';
import * as m46 from './workflow/cond-picklist-inactive.rule.ts';
import * as m47 from './workflow/cond-picklist-spelling.rule.ts';
import * as m48 from './workflow/cond-prior-unavailable.rule.ts';
import * as m49 from './workflow/cond-related-path.rule.ts';
import * as m50 from './workflow/cond-relative-date-zone.rule.ts';
import * as m51 from './workflow/cond-tautology.rule.ts';
import * as m52 from './workflow/cond-type-mismatch.rule.ts';
import * as m53 from './workflow/cond-unknown-field.rule.ts';
import * as m54 from './workflow/cond-unknown-picklist.rule.ts';
import * as m55 from './workflow/cond-unknown-record-type.rule.ts';
import * as m56 from './workflow/cond-unsatisfiable.rule.ts';
import * as m57 from './workflow/flow-cascade-depth.rule.ts';
import * as m58 from './workflow/flow-conflicting-values.rule.ts';
import * as m59 from './workflow/flow-dangling-target.rule.ts';
import * as m60 from './workflow/flow-dead-end-state.rule.ts';
import * as m61 from './workflow/flow-duplicate-transition.rule.ts';
import * as m62 from './workflow/flow-inner-cycle.rule.ts';
import * as m63 from './workflow/flow-mutual-trigger.rule.ts';
import * as m64 from './workflow/flow-no-effect.rule.ts';
import * as m65 from './workflow/flow-oscillation.rule.ts';
import * as m66 from './workflow/flow-self-trigger.rule.ts';
import * as m67 from './workflow/flow-stale-after-wait.rule.ts';
import * as m68 from './workflow/flow-state-trap.rule.ts';
import * as m69 from './workflow/flow-state-unreachable.rule.ts';
import * as m70 from './workflow/flow-unreachable-step.rule.ts';
import * as m71 from './workflow/flow-wait-never-resumes.rule.ts';
import * as m72 from './workflow/flow-write-race.rule.ts';
import * as m73 from './workflow/maint-api-version.rule.ts';
import * as m74 from './workflow/maint-complexity.rule.ts';
import * as m75 from './workflow/maint-description.rule.ts';
import * as m76 from './workflow/maint-inactive.rule.ts';
import * as m77 from './workflow/maint-label-language.rule.ts';
import * as m78 from './workflow/maint-legacy.rule.ts';
import * as m79 from './workflow/maint-name.rule.ts';
import * as m80 from './workflow/maint-owner-left.rule.ts';
import * as m81 from './workflow/maint-suppression-unused.rule.ts';
import * as m82 from './workflow/parse-duplicate-key.rule.ts';
import * as m83 from './workflow/parse-encoding.rule.ts';
import * as m84 from './workflow/parse-limit.rule.ts';
import * as m85 from './workflow/parse-syntax.rule.ts';
import * as m86 from './workflow/parse-unknown-element.rule.ts';
import * as m87 from './workflow/parse-unknown-key.rule.ts';
import * as m88 from './workflow/parse-unrecognized.rule.ts';
import * as m89 from './workflow/parse-value.rule.ts';
import * as m90 from './workflow/trigger-changed-on-create.rule.ts';
import * as m91 from './workflow/trigger-date-field-type.rule.ts';
import * as m92 from './workflow/trigger-date-self-touch.rule.ts';
import * as m93 from './workflow/trigger-import-storm.rule.ts';
import * as m94 from './workflow/trigger-invalid-enum.rule.ts';
import * as m95 from './workflow/trigger-missing.rule.ts';
import * as m96 from './workflow/trigger-never-fires.rule.ts';
import * as m97 from './workflow/trigger-no-entry-criteria.rule.ts';
import * as m98 from './workflow/trigger-reenroll-mismatch.rule.ts';
import * as m99 from './workflow/trigger-schedule-dst.rule.ts';
import * as m100 from './workflow/trigger-schedule-invalid.rule.ts';
import * as m101 from './workflow/trigger-schedule-past.rule.ts';
import * as m102 from './workflow/trigger-schedule-timezone.rule.ts';
import * as m103 from './workflow/trigger-unknown-field.rule.ts';
import * as m104 from './workflow/trigger-unknown-object.rule.ts';
import * as m105 from './workflow/trigger-webhook-open.rule.ts';

export const ruleModules: readonly object[] = [
  m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13,
  m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27,
  m28, m29, m30, m31, m32, m33, m34, m35, m36, m37, m38, m39, m40, m41,
  m42, m43, m44, m45, m46, m47, m48, m49, m50, m51, m52, m53, m54, m55,
  m56, m57, m58, m59, m60, m61, m62, m63, m64, m65, m66, m67, m68, m69,
  m70, m71, m72, m73, m74, m75, m76, m77, m78, m79, m80, m81, m82, m83,
  m84, m85, m86, m87, m88, m89, m90, m91, m92, m93, m94, m95, m96, m97,
  m98, m99, m100, m101, m102, m103, m104, m105,
];
