import type { Edit } from '../../model/workflow/finding.ts';

/** The offsets of the line starts of a text; `\n`, `\r\n` and `\r` end a line. */
const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 13 && text.charCodeAt(at + 1) === 10) continue;
    if (code === 10 || code === 13) starts.push(at + 1);
  }
  return starts;
};

/** The text with the edits made; undefined where two of them overlap or one lies outside of it. */
export const edited = (text: string, edits: readonly Edit[]): string | undefined => {
  const starts = lineStarts(text);
  const offset = (line: number, column: number): number | undefined => {
    const start = starts[line - 1];
    if (start === undefined || column < 1) return undefined;
    const at = start + column - 1;
    return at <= (starts[line] ?? text.length) ? at : undefined;
  };
  const spans: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  for (const edit of edits) {
    const from = offset(edit.line, edit.column);
    const to = offset(edit.endLine, edit.endColumn);
    if (from === undefined || to === undefined || to < from) return undefined;
    spans.push({ from, to, text: edit.text });
  }
  const sorted = spans.toSorted((one, other) => one.from - other.from || one.to - other.to);
  let result = '';
  let last = 0;
  for (const span of sorted) {
    if (span.from < last) return undefined;
    result += text.slice(last, span.from) + span.text;
    last = span.to;
  }
  return result + text.slice(last);
};

/** Fixes that take out a whole line leave none that is blank: the line's own indent and end go with it. */
export const wholeLines = (text: string, edits: readonly Edit[]): readonly Edit[] => {
  const starts = lineStarts(text);
  return edits.map((edit) => {
    const start = starts[edit.line - 1];
    if (edit.text !== '' || edit.line !== edit.endLine || start === undefined) return edit;
    const end = starts[edit.line] ?? text.length;
    const before = text.slice(start, start + edit.column - 1);
    const after = text.slice(start + edit.endColumn - 1, end);
    if (before.trim() !== '' || after.trim() !== '') return edit;
    return starts[edit.line] === undefined ? edit : { ...edit, column: 1, endLine: edit.line + 1, endColumn: 1 };
  });
};
