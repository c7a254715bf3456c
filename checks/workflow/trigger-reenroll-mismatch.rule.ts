import { rememberFor } from '../../src/model/remember.ts';
import type { Test } from '../../src/model/workflow/condition.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Project } from '../../src/model/workflow/project.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Assignment } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { writesOf } from '../../src/reason/workflow/effects.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { conjuncts } from '../../src/reason/workflow/reads.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { writtenTest } from '../../src/reason/workflow/written.ts';

interface FieldWrite extends Assignment {
  readonly step: string;
  readonly workflow: Workflow;
}

/** Constants that active workflows write, by object and field. */
const constantsOf = rememberFor((project: Project): ReadonlyMap<string, readonly FieldWrite[]> => {
  const found = new Map<string, FieldWrite[]>();
  for (const workflow of project.workflows) {
    if (workflow.status !== 'active') continue;
    for (const step of workflow.steps) {
      for (const { object, operation, set } of writesOf(step, workflow, project.schema)) {
        if (object === undefined || operation !== 'update') continue;
        for (const one of set) {
          if (one.value.kind !== 'literal') continue;
          const key = `${object}.${one.field.name}`;
          const write = { ...one, step: step.id, workflow };
          const known = found.get(key);
          if (known) known.push(write);
          else found.set(key, [write]);
        }
      }
    }
  }
  return found;
});

/** `stage eq Won`, `stage changedTo Won`: a plain field of the record and the constants that let it in. */
const enrolling = ({
  left,
  op,
  right,
}: Test): { readonly field: string; readonly values: readonly unknown[] } | undefined => {
  if (left.kind !== 'path' || left.path.root.kind !== 'record' || left.path.segments.length !== 1) return undefined;
  const [field = ''] = left.path.segments;
  const values =
    right?.kind === 'list' && op === 'in' ? right.values : right && (op === 'eq' || op === 'changedTo') ? [right] : [];
  const constants = values.flatMap((value) => (value.kind === 'literal' ? [value.value] : []));
  return constants.length > 0 && constants.length === values.length ? { field, values: constants } : undefined;
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won], required: true }
      sendQuote: boolean
`;

const sendQuote = (once: boolean): string => `workflow: send-quote
object: Deal
trigger: { on: update, once: ${once} }
when:
  - { field: sendQuote, eq: true }
steps:
  - notify: role:sales
    message: please send the quote
  - update: record
    set: { sendQuote: false }
onError:
  - log: '{{error.message}}'
`;

export const triggerReenrollMismatch = defineRule({
  id: 'workflow.trigger-reenroll-mismatch',
  severity: 'warning',
  sourceKind: 'trigger',
  formats: ['HS', 'ES', 'VT', 'SU', 'NY'],
  needs: ['schema'],
  confidence: 'likely',
  over: ['flow-self-trigger'],
  title: { en: 'How often a record passes does not fit what is asked', ja: '再実行の設定が条件と合っていない' },
  about: {
    en: 'A workflow either takes a record once in its life, or each time the conditions become true. "Once" is wrong where the conditions are made to come true again and again (a check box that is cleared at the end); "each time" is wrong where the workflow itself sets the value that lets the record in.',
    ja: 'ワークフローには「レコードごとに一度だけ」と「条件が成立するたび」の 2 通りがあります。条件が何度も成立する作り（最後にチェックを外すなど）で「一度だけ」にすると 2 回目から動きません。逆に、自分で開始条件の値に書き換える作りで「そのたび」にすると、何度も動きます。',
  },
  advice: {
    en: 'Let it run each time, and clear the value that starts it last; or stop setting that value.',
    ja: '「毎回」に変え、開始条件の値は最後に戻してください。または、その値の書き込みをやめてください。',
  },
  examples: {
    bad: { files: sendQuote(true), schema, lines: [3] },
    good: { files: sendQuote(false), schema },
    lookAlike: {
      files: `workflow: welcome
object: Deal
trigger: { on: update, once: true }
when:
  - { field: stage, eq: Won }
steps:
  - notify: role:sales
    message: won, say thanks
`,
      schema,
    },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    const object = workflow.object?.name;
    if (object === undefined) return;
    const graph = graphOf(workflow);
    for (const trigger of workflow.triggers) {
      if (!trigger.when || !['create', 'update', 'save', 'event', 'schedule'].includes(trigger.on)) continue;
      for (const part of conjuncts(trigger.when.condition)) {
        const test = part.kind === 'test' ? part : undefined;
        const asked = test && enrolling(test);
        if (!test || !asked || test.left.kind !== 'path') continue;
        const found = resolve(test.left.path, workflow, project.schema);
        if (found.kind !== 'field' || found.field.readOnly) continue;
        const writes = constantsOf(project).get(`${object}.${asked.field}`) ?? [];
        const lets = ({ value }: FieldWrite): boolean => value.kind === 'literal' && asked.values.includes(value.value);
        const out = writes.find((write) => !lets(write));
        if (trigger.once && out) {
          yield {
            place: trigger.place,
            message: {
              en: `"${workflow.id}" takes each record only once, but "${writtenTest(test)}" can come true again: "${out.workflow.id}" sets "${asked.field}" to another value. From the second time on nothing happens.`,
              ja: `「${workflow.id}」はレコードごとに一度しか動きませんが、「${out.workflow.id}」が「${asked.field}」を別の値に戻すため、条件「${writtenTest(test)}」は再び成立します。2 回目以降は何も行われません。`,
            },
            also: [
              { place: out.place, says: { en: 'set to another value here', ja: 'ここで別の値に書き換えています' } },
            ],
          };
          break;
        }
        // Set to another value first and then back: each time it counts as a new start.
        const own = writes.filter((write) => write.workflow === workflow);
        const back = own.find(
          (write) =>
            lets(write) &&
            own.some((other) => !lets(other) && other.step !== write.step && graph.reach([other.step]).has(write.step)),
        );
        if (trigger.once || !back) continue;
        yield {
          place: back.place,
          element: back.step,
          message: {
            en: `"${workflow.id}" starts when "${writtenTest(test)}", and its step "${back.step}" sets "${asked.field}" to that value itself, so the record comes in again each time.`,
            ja: `「${workflow.id}」は「${writtenTest(test)}」で始まりますが、ステップ「${back.step}」が「${asked.field}」を自分でその値に戻すため、同じレコードが何度も対象になります。`,
          },
        };
        break;
      }
    }
  },
});
