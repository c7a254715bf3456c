import type { Path, Value } from '../../../model/workflow/value.ts';
import { variablesOf } from '../variables.ts';
import { type Kind, keyOf, kindOf, type Standing, type Where } from './where.ts';

/** Something that a demand is about: a path of a record, or a constant in the place of one. */
export interface Operand {
  readonly key: string;
  readonly of: Kind;
}

/** A constant of the workflow is its value. */
const constantIn = ({ root, segments }: Path, { workflow }: Where): Standing | undefined => {
  if (root.kind !== 'variable' || segments.length > 0) return undefined;
  const variable = variablesOf(workflow).get(root.name);
  const value = variable?.constant && !variable.list ? variable.default : undefined;
  return value?.kind === 'literal' ? { kind: 'value', value: value.value } : undefined;
};

/** The path itself, or what stands for it. */
export const operandOf = (
  path: Path,
  where: Where,
): Operand | { readonly value: Value; readonly of: Kind } | undefined => {
  const standing = where.stands?.(path) ?? constantIn(path, where);
  const of = kindOf(path, where);
  if (!standing) return { key: keyOf(path, where), of };
  switch (standing.kind) {
    case 'key':
      return { key: standing.key, of };
    case 'value':
      return { value: { kind: 'literal', value: standing.value, place: path.place }, of };
    case 'free':
      return undefined;
  }
};
