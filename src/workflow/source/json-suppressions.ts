import type { Suppression } from '../../model/workflow/project.ts';
import { directivesIn } from './directive.ts';
import { placeOf } from './json-places.ts';
import type { JsonValue } from './json-value.ts';

/** JSON has no comments: what the description of an element switches off is switched off for that element. */
export const describedSuppressions = (
  element: JsonValue,
  description: JsonValue | undefined,
): readonly Suppression[] => {
  if (description?.kind !== 'text') return [];
  const { line, endLine = line } = placeOf(element);
  return directivesIn(description.value).map(({ scope, rules, reason, until }) => ({
    rules,
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
    place: placeOf(description),
    covers: scope === 'file' ? 'file' : { from: line, to: endLine },
  }));
};
