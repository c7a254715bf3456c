import { nothingImported, uniqueIds } from './build.ts';
import { flowchartOf, isFlowchart } from './espocrm/flowchart.ts';
import { isWorkflow, workflowOf } from './espocrm/workflow.ts';
import type { Importer } from './importer.ts';
import { idOf, itemsOf, member, textOf } from './source/json-read.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import { describedSuppressions } from './source/json-suppressions.ts';
import type { JsonValue } from './source/json-value.ts';

const isEntity = (value: JsonValue): boolean => isWorkflow(value) || isFlowchart(value);

/** One entity, a list of them, or `{ total, list }` as the API answers. A flowchart has a list in its `data`. */
const entitiesOf = (root: JsonValue | undefined): readonly JsonValue[] =>
  oneOrMany(root)
    .flatMap((value) => (isEntity(value) ? [value] : itemsOf(member(value, 'list'))))
    .filter(isEntity);

export const espocrm: Importer = {
  kind: 'importer',
  name: 'EspoCRM',
  formats: ['ES'],
  recognises: (source) => {
    const fits = (value: JsonValue): boolean => isEntity(value) || itemsOf(member(value, 'list')).some(isEntity);
    return isJsonOf(source, ['entityType', 'actions'], fits) || isJsonOf(source, ['targetType', 'data', 'list'], fits);
  },
  read: (source) => {
    const { root, problems } = jsonOf(source);
    const entities = entitiesOf(root);
    const unique = uniqueIds();
    return {
      ...nothingImported,
      problems,
      workflows: entities.map((entity) => {
        const id = unique(idOf(member(entity, 'id')) ?? textOf(member(entity, 'name')) ?? 'workflow');
        return isWorkflow(entity) ? workflowOf(entity, id) : flowchartOf(entity, id);
      }),
      suppressions: entities.flatMap((entity) => describedSuppressions(entity, member(entity, 'description'))),
    };
  },
};
