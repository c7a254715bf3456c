import type { Place } from '../../model/workflow/place.ts';
import type { Path, Root } from '../../model/workflow/value.ts';
import type { Scope } from './scope.ts';

// What stands in a formula cannot be part of a name; letters of any language can.
const segment = /^[^\s.{}()[\]'"`,|+*/=<>!?&;:#%\\]{1,255}$/u;

/** The parts of a path as it is written; undefined for what is none. */
const partsOf = (text: string): readonly string[] | undefined => {
  const parts = text.split('.');
  return parts.length <= 40 && parts.every((part) => segment.test(part)) ? parts : undefined;
};

const rootOf = (first: string, rest: readonly string[], scope: Scope): Root | undefined => {
  switch (first) {
    case 'record':
    case 'prior':
    case 'user':
    case 'input':
    case 'error':
      return { kind: first };
    case 'item':
      return { kind: 'item', ...(scope.loop === undefined ? {} : { loop: scope.loop }) };
    case 'var':
      return rest[0] === undefined ? { kind: 'undefined', name: first } : { kind: 'variable', name: rest[0] };
    default:
      return scope.steps.has(first) ? { kind: 'step', step: first } : undefined;
  }
};

/**
 * `record.account.name`, `var.total`, `quote.number`; `plain` says what a first word that is none of the roots stands for.
 * Undefined for a text that is no path.
 */
export const pathOf = (text: string, place: Place, scope: Scope, plain: 'field' | 'nothing'): Path | undefined => {
  const written = text.trim();
  const parts = partsOf(written);
  const [first, ...rest] = parts ?? [];
  if (first === undefined) return undefined;
  const root = rootOf(first, rest, scope);
  if (root) return { root, segments: root.kind === 'variable' ? rest.slice(1) : rest, text: written, place };
  if (plain === 'nothing') return { root: { kind: 'undefined', name: first }, segments: rest, text: written, place };
  const record: Root = { kind: scope.candidate ? 'candidate' : 'record' };
  return { root: record, segments: [first, ...rest], text: written, place };
};
