import type { Root } from '../../model/workflow/value.ts';
import type { NameReader } from './merge-text.ts';

const globals: Readonly<Record<string, Root>> = { $record: { kind: 'record' }, $user: { kind: 'user' } };

/** Names in the formulas and templates of an object: `Amount`, `Account.Name`, `$User.Id`, in a template `Opportunity.Amount`. */
export const recordNames =
  (object: string): NameReader =>
  (text, place) => {
    const words = text.split('.').map((word) => word.replace(/:.*$/, ''));
    const [first = '', ...rest] = words;
    const lower = first.toLowerCase();
    if (first.startsWith('$')) {
      const known = Object.hasOwn(globals, lower) ? globals[lower] : undefined;
      const root: Root = known ?? { kind: 'system', name: first };
      return { kind: 'path', path: { root, segments: rest, text, place }, place };
    }
    const segments = rest.length > 0 && lower === object.toLowerCase() ? rest : words;
    return { kind: 'path', path: { root: { kind: 'record' }, segments, text, place }, place };
  };
