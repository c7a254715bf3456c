import type { Place } from '../../model/workflow/place.ts';
import type { Party } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import { pathsIn } from './merge-text.ts';

const addresses = (text: string, place: Place): readonly Party[] =>
  text
    .split(/[,;\s]+/)
    .filter((address) => address !== '')
    .map((address) => ({ kind: 'address', address, place }));

/** Who a value names: addresses parted by commas, fields, or both. */
export const partiesOf = (value: Value): readonly Party[] => {
  const { place } = value;
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' ? addresses(value.value, place) : [];
    case 'path':
      return [{ kind: 'path', path: value.path, place }];
    case 'list':
      return value.values.flatMap(partiesOf);
    case 'text': {
      const { parts } = value;
      // Put together from pieces, `{!name}@example.com`: nobody knows the address.
      const glued = parts.some((part, at) => {
        if (typeof part !== 'string') return typeof parts[at + 1] === 'object';
        const after = at > 0 && !/^[,;\s]/.test(part);
        return after || (at + 1 < parts.length && !/[,;\s]$/.test(part));
      });
      if (glued)
        return [
          {
            kind: 'opaque',
            text: pathsIn(value)
              .map(({ text }) => text)
              .join(' '),
            place,
          },
        ];
      return parts.flatMap((part) => (typeof part === 'string' ? addresses(part, place) : partiesOf(part)));
    }
    case 'formula':
    case 'opaque':
      return [{ kind: 'opaque', text: value.text, place }];
    case 'moment':
      return [];
  }
};
