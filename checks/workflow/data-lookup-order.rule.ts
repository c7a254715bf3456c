import { defineRule } from '../../src/model/workflow/rule.ts';
import type { ObjectSchema, Schema } from '../../src/model/workflow/schema.ts';
import type { StepOf } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { conjuncts } from '../../src/reason/workflow/reads.ts';
import { entryOf, objectOf } from '../../src/reason/workflow/resolve.ts';
import { letsAllPass } from '../../src/reason/workflow/unfiltered.ts';
import { pathsOf, usesOf } from '../../src/reason/workflow/values.ts';
import { holderOf } from '../../src/reason/workflow/variables.ts';

/** Whether at most one record can match. What is not understood may say so. */
const isUnique = ({ where }: StepOf<'find'>, object: ObjectSchema, schema: Schema): boolean => {
  if (!where) return false;
  for (const part of conjuncts(where.condition)) {
    if (part.kind === 'opaque' || part.kind === 'any' || part.kind === 'not') return true;
    if (part.kind !== 'test' || part.op !== 'eq' || part.left.kind !== 'path') continue;
    const { root, segments } = part.left.path;
    const [name, ...more] = segments;
    if (root.kind !== 'candidate' || name === undefined || more.length > 0) continue;
    const field = entryOf(object.fields, name, schema);
    // A field that the schema does not have may well be a key.
    if (!field || field.type === 'id' || field.unique) return true;
  }
  return false;
};

/** Whether only the presence of a record matters, and not which one it is. */
const onlyAsksIfThere = (step: StepOf<'find'>, workflow: Workflow): boolean => {
  const holder = step.into ? holderOf(step.into) : `step:${step.id}`;
  const isIt = (path: Path): boolean => holder !== undefined && holderOf(path) === holder;
  return workflow.steps.every((one) =>
    [...usesOf(one)].every(
      ({ value, test }) => test?.op === 'empty' || test?.op === 'notEmpty' || !pathsOf(value).some(isIt),
    ),
  );
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields: { account: { type: reference, to: Account, required: true } }
  Account:
    fields: { rank: text }
  Contact:
    fields: { account: { type: reference, to: Account }, code: { type: text, unique: true } }
`;

export const dataLookupOrder = defineRule({
  id: 'workflow.data-lookup-order',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  formats: ['SF', 'OD', 'PA', 'NY'],
  needs: ['schema'],
  title: { en: 'One of several records is taken, and nothing says which', ja: 'どの 1 件が選ばれるか決まらない検索' },
  about: {
    en: 'The lookup takes one record although several may match, and no sort order says which comes first. The database decides, and may decide differently tomorrow.',
    ja: '条件に合うレコードが複数ありうるのに 1 件だけを取得しており、並び順が決まっていません。どれが選ばれるかはデータベース次第で、日によって変わることがあります。',
  },
  advice: {
    en: 'Add a sort order (the newest first, for instance), or a condition that only one record meets.',
    ja: '並び順（新しい順など）を指定するか、1 件しか合わない条件にしてください。',
  },
  examples: {
    bad: {
      files: `workflow: contact
object: Deal
trigger: { on: create }
steps:
  - id: contact
    find: Contact
    where: { field: account, eq: '{{record.account}}' }
    limit: 1
  - if: { field: contact.id, empty: false }
    then: [{ log: '{{contact.name}}' }]
`,
      schema,
      lines: [5],
    },
    good: {
      files: `workflow: contact
object: Deal
trigger: { on: create }
steps:
  - id: contact
    find: Contact
    where: { field: account, eq: '{{record.account}}' }
    sort: [-createdAt]
    limit: 1
  - if: { field: contact.id, empty: false }
    then: [{ log: '{{contact.name}}' }]
`,
      schema,
    },
    lookAlike: {
      files: `workflow: contact
object: Deal
trigger: { on: create }
steps:
  - id: contact
    find: Contact
    where: { field: account, eq: '{{record.account}}' }
    limit: 1
  - if: { field: contact.id, empty: true }
    then: [{ notify: role:sales, message: 'no contact for {{record.name}}' }]
`,
      schema,
      says: {
        en: 'Only whether there is one matters, not which.',
        ja: '有無だけを調べるので、どの 1 件でも構いません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const step of workflow.steps) {
      if (step.kind !== 'find' || step.gives !== 'one' || (step.sort && step.sort.length > 0)) continue;
      const object = objectOf(schema, step.object.name);
      // Without any condition it is another matter.
      if (!object || object.settings || letsAllPass(step.where) || isUnique(step, object, schema)) continue;
      if (onlyAsksIfThere(step, workflow)) continue;
      yield {
        place: step.place,
        element: step.id,
        message: {
          en: `Several ${object.name} records may match, and "${step.label ?? step.id}" takes any one of them.`,
          ja: `${object.name} の複数のレコードが条件に合いうるのに、「${step.label ?? step.id}」は並び順なしで 1 件だけを取得します。`,
        },
      };
    }
  },
});
