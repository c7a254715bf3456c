import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step, StepOf } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { holderOf, settersOfHolder } from '../../src/reason/workflow/variables.ts';

/** Which record a path stands for; undefined for a field or what is reached through one. */
const recordKey = (path: Path): string | undefined => {
  if (path.segments.length > 0) return undefined;
  if (path.root.kind === 'record') return 'record';
  if (path.root.kind === 'item') return `item:${path.root.loop ?? ''}`;
  return holderOf(path);
};

const deletedBy = ({ target }: StepOf<'delete'>): string | undefined => {
  if (target.kind === 'trigger') return 'record';
  return target.kind === 'path' ? recordKey(target.path) : undefined;
};

/** The record that a step changes in place. */
const changedBy = (step: Step): string | undefined => {
  if (step.kind === 'assign') return step.of ? recordKey(step.of) : 'record';
  if (step.kind !== 'update' && step.kind !== 'delete') return undefined;
  if (step.target.kind === 'trigger') return 'record';
  return step.target.kind === 'path' ? recordKey(step.target.path) : undefined;
};

/** Steps after which the name stands for another record. */
const renewals = (key: string, workflow: Workflow): readonly string[] =>
  key.startsWith('item:') ? [key.slice('item:'.length)] : key === 'record' ? [] : settersOfHolder(workflow, key);

export const actionUseAfterDelete = defineRule({
  id: 'workflow.action-use-after-delete',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'OD', 'ES', 'NY'],
  title: { en: 'A record is changed after it was deleted', ja: '削除した後のレコードの更新' },
  about: {
    en: 'Once a step has deleted a record, a later step cannot change or delete it: the CRM says that there is no such record, and the run fails.',
    ja: 'ステップで削除したレコードは、後のステップで更新も削除もできません。CRM はレコードが存在しないというエラーを返し、処理は失敗します。',
  },
  advice: {
    en: 'Delete the record last, or leave the later step out.',
    ja: '削除を最後にするか、後のステップを外してください。',
  },
  examples: {
    bad: {
      files: `workflow: clean-up
object: Case
trigger: { on: update, fields: [status] }
when: { field: status, changedTo: Spam }
steps:
  - delete: record
  - update: record
    set: { checked: true }
onError: [{ notify: role:admin, message: not cleaned }]
`,
      lines: [7],
    },
    good: {
      files: `workflow: clean-up
object: Case
trigger: { on: update, fields: [status] }
when: { field: status, changedTo: Spam }
steps:
  - notify: role:support
    message: 'spam: {{record.name}}'
  - delete: record
onError: [{ notify: role:admin, message: not cleaned }]
`,
    },
    lookAlike: {
      files: `workflow: clean-up
object: Case
trigger: { on: update, fields: [status] }
when: { field: status, changedTo: Spam }
steps:
  - delete: record
  - log: 'deleted {{record.name}}'
onError: [{ notify: role:admin, message: not cleaned }]
`,
      says: {
        en: 'Its values are still known to the run.',
        ja: '削除後も、実行中の処理は項目の値を読めます。',
      },
    },
  },
  *workflow(workflow) {
    const graph = graphOf(workflow);
    const said = new Set<string>();
    for (const step of workflow.steps) {
      const key = step.kind === 'delete' ? deletedBy(step) : undefined;
      if (key === undefined) continue;
      // Where the deletion failed, the record is still there.
      const next = graph.ways(step.id).flatMap(({ kind, to }) => (kind === 'error' ? [] : [to]));
      const after = graph.reach(next, new Set([...renewals(key, workflow), step.id]));
      for (const later of after) {
        const used = graph.steps.get(later);
        if (!used || said.has(later) || changedBy(used) !== key) continue;
        said.add(later);
        yield {
          place: used.place,
          element: later,
          message: {
            en: `"${step.label ?? step.id}" has deleted this record before, so the step fails.`,
            ja: `このレコードは、前のステップ「${step.label ?? step.id}」で削除されているため、このステップは失敗します。`,
          },
          also: [{ place: step.place, says: { en: 'Deleted here.', ja: 'ここで削除されます。' } }],
        };
      }
    }
  },
});
