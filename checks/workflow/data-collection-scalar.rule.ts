import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { usesOf } from '../../src/reason/workflow/values.ts';
import { variablesOf } from '../../src/reason/workflow/variables.ts';

/** `list`: several records or values; `one`: a single one; undefined where that is not known. */
const sizeOf = ({ root }: Path, workflow: Workflow): 'list' | 'one' | undefined => {
  if (root.kind === 'step') {
    const step = graphOf(workflow).steps.get(root.step);
    if (step?.kind === 'find' && step.into === undefined) return step.gives;
    return step?.kind === 'create' ? (step.many ? undefined : 'one') : undefined;
  }
  if (root.kind !== 'variable') return undefined;
  const variable = variablesOf(workflow).get(root.name);
  if (!variable || (!variable.list && variable.type === undefined)) return undefined;
  return variable.list ? 'list' : 'one';
};

/** Fields that a list itself has on some platforms. */
const listFields = ['size', 'length', 'count', 'first', 'last', 'isempty'];

/** A field of a list that stands where one value is needed. */
const listsUsedAsOne = (step: Step, workflow: Workflow): readonly Path[] =>
  [...usesOf(step)].flatMap(({ purpose, value, test }) => {
    // Several people may get a mail; "empty" may be asked of a list.
    if (purpose === 'party' || purpose === 'loop' || purpose === 'keep' || purpose === 'target') return [];
    if (test && ['empty', 'notEmpty', 'in', 'notIn', 'contains', 'notContains'].includes(test.op)) return [];
    const paths = value.kind === 'path' ? [value.path] : value.kind === 'text' ? textPaths(value.parts) : [];
    return paths.filter(
      (path) =>
        path.segments.length > 0 &&
        !listFields.includes(path.segments[0]?.toLowerCase() ?? '') &&
        sizeOf(path, workflow) === 'list',
    );
  });

const textPaths = (parts: readonly (string | { readonly kind: string; readonly path?: Path })[]): readonly Path[] =>
  parts.flatMap((part) => (typeof part === 'string' || part.kind !== 'path' || !part.path ? [] : [part.path]));

/** Whether the path of a loop certainly leads to one record or value. */
const isOne = (path: Path, workflow: Workflow, schema: Schema): boolean => {
  if (path.segments.length === 0)
    return (path.root.kind === 'record' && workflow.object !== undefined) || sizeOf(path, workflow) === 'one';
  const end = resolve(path, workflow, schema);
  if (end.kind !== 'field' || end.overMany) return false;
  return !['references', 'multipicklist', 'longtext', 'text'].includes(end.field.type);
};

export const dataCollectionScalar = defineRule({
  id: 'workflow.data-collection-scalar',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'OD', 'PA', 'NY'],
  uses: ['schema'],
  title: { en: 'A list is used as one record, or the reverse', ja: '一覧と 1 件の取り違え' },
  about: {
    en: 'A lookup without a limit gives a list, also when it finds one record. A field of a list is no value: the step fails or writes nothing. A loop over a single record does not run either.',
    ja: '件数を 1 件に限定しない検索の結果は、1 件しか見つからなくても一覧（リスト）になります。一覧の項目は値として使えず、ステップは失敗するか何も書き込みません。1 件のレコードに対するループも動きません。',
  },
  advice: {
    en: 'Take one record (native format: `limit: 1`), or go through the list with a loop.',
    ja: '1 件に限定する（標準形式では limit: 1）か、ループで 1 件ずつ処理してください。',
  },
  examples: {
    bad: {
      files: `workflow: phone
object: Deal
trigger: { on: create }
steps:
  - id: contacts
    find: Contact
    where: { field: account, eq: '{{record.account}}' }
  - update: record
    set: { phone: '{{contacts.phone}}' }
`,
      lines: [9],
    },
    good: {
      files: `workflow: phone
object: Deal
trigger: { on: create }
steps:
  - id: contact
    find: Contact
    where: { field: account, eq: '{{record.account}}' }
    sort: [-createdAt]
    limit: 1
  - if: { field: contact.id, empty: false }
    then: [{ update: record, set: { phone: '{{contact.phone}}' } }]
`,
    },
    lookAlike: {
      files: `workflow: phone
object: Deal
trigger: { on: create }
steps:
  - id: contacts
    find: Contact
    where: { field: account, eq: '{{record.account}}' }
  - loop: '{{contacts}}'
    steps: [{ log: '{{item.phone}}' }]
`,
      says: {
        en: 'In the loop, `item` is one record of the list.',
        ja: 'ループの中の item は、一覧の中の 1 件です。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const step of workflow.steps) {
      for (const path of listsUsedAsOne(step, workflow)) {
        yield {
          place: path.place,
          element: step.id,
          message: {
            en: `"${path.text}" is a field of a whole list of records, not of one, so the step fails or gets nothing.`,
            ja: `「${path.text}」は 1 件のレコードではなく、一覧の項目を指しています。ステップは失敗するか、値を得られません。`,
          },
        };
      }
      if (step.kind !== 'loop' || step.over?.kind !== 'path' || !isOne(step.over.path, workflow, schema)) continue;
      yield {
        place: step.over.place,
        element: step.id,
        message: {
          en: `"${step.over.path.text}" is a single record or value, so there is nothing to loop over.`,
          ja: `「${step.over.path.text}」は 1 件のレコードまたは値のため、ループで処理できません。`,
        },
      };
    }
  },
});
