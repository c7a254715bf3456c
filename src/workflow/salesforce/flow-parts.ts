import type { Named, Place } from '../../model/workflow/place.ts';
import type { Assignment, Edge } from '../../model/workflow/step.ts';
import type { Path, Value } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';
import type { FlowReader } from './flow-reader.ts';
import { valueIn } from './value.ts';

/** Where a connector leads. */
export const edgeOf = (connector: XmlElement | undefined): Edge | undefined => {
  const target = connector?.first('targetReference');
  if (!target) return undefined;
  const jump = connector?.textOf('isGoTo') === 'true';
  return { to: target.text.trim(), place: target.textPlace, ...(jump ? { jump: true as const } : {}) };
};

/** A way on which nothing follows. */
export const end = (place: Place): Edge => ({ place });

/** The name that a child holds. */
export const namedIn = (element: XmlElement, child: string): Named | undefined => {
  const found = element.first(child);
  return found ? { name: found.text.trim(), place: found.textPlace } : undefined;
};

/** The reference that a child holds. */
export const pathIn = (element: XmlElement, child: string, { names }: FlowReader): Path | undefined => {
  const found = element.first(child);
  return found ? names.path(found.text.trim(), found.textPlace) : undefined;
};

/** `inputAssignments` and `inputParameters`: a name and a value. */
export const assignmentsIn = (
  element: XmlElement,
  child: string,
  name: 'field' | 'name',
  { names }: FlowReader,
): readonly Assignment[] =>
  element.all(child).flatMap((each) => {
    const field = namedIn(each, name);
    const value = each.first('value');
    if (!field) return [];
    const given: Value = value ? valueIn(value, names) : { kind: 'literal', value: null, place: each.place };
    return [{ field, value: given, place: each.place }];
  });
