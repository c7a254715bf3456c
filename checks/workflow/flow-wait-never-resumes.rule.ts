import type { Condition } from '../../src/model/workflow/condition.ts';
import type { Named } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { StepOf } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { partsOf, pathsOf, valuesIn } from '../../src/reason/workflow/values.ts';

/** The signals that workflows send; `undefined` where one of them does something that is not known. */
const sentBy = (workflows: readonly Workflow[]): ReadonlySet<string> | undefined => {
  const sent = new Set<string>();
  for (const workflow of workflows) {
    if (workflow.unknown.length > 0) return undefined;
    for (const step of workflow.steps) {
      if (step.kind === 'signal') sent.add(step.signal.name);
      if ((step.kind === 'code' && !step.complete) || (step.kind === 'custom' && step.effect === 'opaque'))
        return undefined;
    }
  }
  return sent;
};

/** Whether what it compares stays as it is while the workflow sleeps: its own variables and inputs only. */
const standsStill = (condition: Condition): boolean => {
  let compared = 0;
  for (const part of partsOf(condition)) {
    if (part.kind === 'opaque') return false;
    if (part.kind !== 'test') continue;
    compared += 1;
    for (const side of [part.left, ...(part.right ? [part.right] : [])]) {
      if ([...valuesIn(side)].some(({ kind }) => kind === 'moment' || kind === 'formula' || kind === 'opaque'))
        return false;
      if (pathsOf(side).some(({ root, segments }) => root.kind !== 'variable' || segments.length > 0)) {
        if (pathsOf(side).some(({ root }) => root.kind !== 'input')) return false;
      }
    }
  }
  return compared > 0;
};

const signalsOf = (step: StepOf<'wait'>): readonly Named[] => [
  ...(step.until.kind === 'signal' ? [step.until.signal] : []),
  ...(step.events ?? []).flatMap(({ signal }) => (signal ? [signal] : [])),
];

/** Any other way on: a time limit, an event besides. */
const mayGoOn = (step: StepOf<'wait'>, than: Named): boolean =>
  step.timeout !== undefined ||
  step.late !== undefined ||
  (step.events ?? []).some(({ signal }) => signal?.name !== than.name) ||
  (step.until.kind !== 'signal' && step.until.kind !== 'opaque');

export const flowWaitNeverResumes = defineRule({
  id: 'workflow.flow-wait-never-resumes',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'ES', 'BP', 'HS', 'NY'],
  auto: 'suggest',
  title: { en: 'A wait for something that never comes', ja: '来ることのない合図を待つステップ' },
  about: {
    en: 'A wait step sleeps until a signal arrives or a value changes. When no workflow sends a signal of that name, or the value cannot change while the workflow sleeps, it never wakes up: the record stays where it is, without any error message.',
    ja: '待機ステップは、合図（シグナル）が届くか値が変わるまで処理を止めます。その名前の合図を送るワークフローがない場合や、待っている間に変わりようのない値を条件にしている場合は再開されません。エラーも出ないまま、レコードがそこで止まります。',
  },
  advice: {
    en: 'Correct the name, send the signal somewhere, or give the wait a time limit.',
    ja: '合図の名前を直すか、合図を送る処理を用意するか、待機に期限を付けてください。',
  },
  examples: {
    bad: {
      files: `workflow: onboarding
object: Contact
trigger: { on: create }
steps:
  - wait: { signal: contract-singed }
  - notify: role:support
    message: 'start with {{record.name}}'
---
workflow: contract
object: Contract
trigger: { on: update, fields: [signedOn] }
when: { field: signedOn, changed: true }
steps:
  - signal: contract-signed
`,
      lines: [5],
    },
    good: {
      files: `workflow: onboarding
object: Contact
trigger: { on: create }
steps:
  - wait: { signal: contract-signed, timeout: 30d }
  - notify: role:support
    message: 'start with {{record.name}}'
---
workflow: contract
object: Contract
trigger: { on: update, fields: [signedOn] }
when: { field: signedOn, changed: true }
steps:
  - signal: contract-signed
`,
    },
    lookAlike: {
      files: `workflow: onboarding
object: Contact
trigger: { on: create }
steps:
  - wait: { for: { field: signed, eq: true } }
  - notify: role:support
    message: 'start with {{record.name}}'
`,
      says: {
        en: 'No workflow ticks the box, but people can.',
        ja: '値を変えるワークフローはありませんが、人が入力できます。',
      },
    },
  },
  *project({ active, project }) {
    const bySystem = new Map<string, ReadonlySet<string> | undefined>();
    for (const workflow of active) {
      const { format } = workflow;
      if (!['SF', 'ES', 'BP', 'HS', 'NY'].includes(format)) continue;
      const graph = graphOf(workflow);
      for (const step of workflow.steps) {
        if (step.kind !== 'wait' || !graph.reachable.has(step.id)) continue;
        if (step.until.kind === 'condition' && step.timeout === undefined && !step.late && !step.events?.length) {
          const { conditions } = step.until;
          if (standsStill(conditions.condition))
            yield {
              workflow: workflow.id,
              element: step.id,
              place: conditions.place,
              message: {
                en: 'This wait looks only at values of the workflow itself, which do not change while it sleeps. Unless they fit at once, it never goes on.',
                ja: 'この待機は、待っている間に変わらないワークフロー自身の変数だけを条件にしています。最初から条件に合っていない限り、再開されません。',
              },
            };
        }
        for (const signal of signalsOf(step)) {
          if (!bySystem.has(format))
            bySystem.set(
              format,
              sentBy(project.workflows.filter((one) => one.format === format && one.status === 'active')),
            );
          const sent = bySystem.get(format);
          if (!sent || sent.has(signal.name)) continue;
          const nearest = nearestName(signal.name, [...sent]);
          // Elsewhere signals also come from the platform and from programs; there only a misspelt name is sure.
          if (format !== 'NY' && nearest === undefined) continue;
          const late = mayGoOn(step, signal);
          yield {
            workflow: workflow.id,
            element: step.id,
            place: signal.place,
            ...(late ? { severity: 'warning' } : {}),
            message: late
              ? {
                  en: `No workflow sends the signal "${signal.name}", so this wait always ends by its other way.`,
                  ja: `合図「${signal.name}」を送るワークフローがないため、この待機は必ず期限切れなど別の経路で終わります。`,
                }
              : {
                  en: `No workflow sends the signal "${signal.name}", so this wait never ends and the record stays here.`,
                  ja: `合図「${signal.name}」を送るワークフローがないため、この待機は終わらず、レコードがここで止まります。`,
                },
            ...nearestFix(signal, nearest),
          };
        }
      }
    }
  },
});
