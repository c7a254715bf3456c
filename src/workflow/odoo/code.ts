import type { Place } from '../../model/workflow/place.ts';
import type { Assignment } from '../../model/workflow/step.ts';
import type { Path } from '../../model/workflow/value.ts';
import { literal, named, opaqueValue, recordPath } from '../build.ts';

type At = (from: number, to: number) => Place;

const longest = 200_000;

/** `record.x = …` and `record['x'] = …`, also of `rec` in a loop over the records. */
const assigned =
  /\b(?:record|records|rec|object|obj)(?:\.([A-Za-z_]\w{0,80})|\[\s{0,9}['"](\w{1,80})['"]\s{0,9}\])[ \t]{0,9}=(?!=)[ \t]{0,9}([^\n#]{0,200})/g;
const written = /\b(?:record|records|rec|object|obj)\.write\(\s{0,200}\{/g;
const entry = /['"](\w{1,80})['"]\s{0,20}:\s{0,20}([^,}\n]{0,200})/g;
const read = /\b(?:record|rec|object|obj)((?:\.[A-Za-z_]\w{0,80}){1,8})(?!\w|\s{0,4}\()/g;

const constant = (text: string, place: Place) => {
  const quoted = /^(['"])([^'"\\]{0,150})\1$/.exec(text);
  if (quoted) return literal(quoted[2] ?? '', place);
  if (/^-?\d{1,15}(?:\.\d{1,10})?$/.test(text)) return literal(Number(text), place);
  if (text === 'True' || text === 'False') return literal(text === 'True', place);
  return opaqueValue(text, place);
};

const assignment = (field: string, value: string, place: Place): Assignment => ({
  field: named(field, place),
  value: constant(value.trim(), place),
  place,
});

/** What can be seen in the code of a server action without running it. It may do more. */
export const seenInCode = (
  text: string,
  at: At,
): { readonly reads: readonly Path[]; readonly writes: readonly Assignment[] } => {
  if (text.length > longest) return { reads: [], writes: [] };
  const writes: Assignment[] = [];
  for (const found of text.matchAll(assigned)) {
    const field = found[1] ?? found[2] ?? '';
    const start = found.index + found[0].indexOf(field);
    writes.push(assignment(field, found[3] ?? '', at(start, start + field.length)));
  }
  for (const found of text.matchAll(written)) {
    const from = found.index + found[0].length;
    const end = text.indexOf('}', from);
    const body = text.slice(from, end < 0 ? from : Math.min(end, from + 5_000));
    for (const pair of body.matchAll(entry)) {
      const start = from + pair.index + 1;
      const field = pair[1] ?? '';
      writes.push(assignment(field, pair[2] ?? '', at(start, start + field.length)));
    }
  }
  const reads = new Map<string, Path>();
  for (const found of text.matchAll(read)) {
    const path = (found[1] ?? '').slice(1);
    if (!reads.has(path)) reads.set(path, recordPath(path, at(found.index, found.index + found[0].length)));
  }
  return { reads: [...reads.values()], writes };
};
