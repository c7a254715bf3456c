import type { Suppression } from '../../model/workflow/project.ts';
import { directiveIn } from '../source/directive.ts';
import type { TreeNode } from '../source/tree.ts';
import type { YamlReading } from '../source/yaml.ts';

/** From each line on which a list item or a key begins: the last line of what begins there. */
const lastLines = (reading: YamlReading): ReadonlyMap<number, number> => {
  const last = new Map<number, number>();
  const covers = (from: number, { place }: TreeNode): void => {
    last.set(from, Math.max(last.get(from) ?? from, place.endLine ?? place.line));
  };
  const todo: TreeNode[] = reading.documents.map(({ root }) => root);
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node.kind === 'list') {
      for (const item of node.items) covers(item.place.line, item);
      todo.push(...node.items);
    }
    if (node.kind === 'map') {
      for (const { keyPlace, value } of node.entries) covers(keyPlace.line, value);
      todo.push(...node.entries.map(({ value }) => value));
    }
  }
  return last;
};

/** A directive for the whole file has to be found where people look. */
const head = 10;

/** The comments of a file that silence findings. */
export const suppressionsOf = (reading: YamlReading): readonly Suppression[] => {
  const { comments, source } = reading;
  const asked = comments.flatMap(({ line, column, text }) => {
    const directive = directiveIn(text);
    return directive ? [{ line, column, length: text.length + 1, directive }] : [];
  });
  if (asked.length === 0) return [];
  const last = lastLines(reading);
  const lines = source.text.split('\n');
  // By line: the next one that is neither blank nor a comment, found in one pass from the end.
  const busy: number[] = [];
  for (let line = lines.length, next = line + 1; line >= 1; line -= 1) {
    busy[line] = next;
    if (!/^\s*(?:#.*)?$/.test(lines[line - 1] ?? '')) next = line;
  }
  return asked.map(({ line, column, length, directive: { scope, ...directive } }): Suppression => {
    const place = { file: source.file, line, column, endLine: line, endColumn: column + length };
    if (scope === 'file') return { ...directive, place, covers: line <= head ? 'file' : { from: 0, to: 0 } };
    const next = busy[line] ?? line + 1;
    return { ...directive, place, covers: { from: next, to: last.get(next) ?? next } };
  });
};
