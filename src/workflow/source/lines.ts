/** A line and a column, both from 1; columns count UTF-16 units, as editors and SARIF do. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

const lf = 10;
const cr = 13;
const byteOrderMark = 0xfeff;

/** Where in lines and columns an offset of this text is; the lines are looked for when the first one is asked for. */
export const createLines = (text: string): ((offset: number) => LineColumn) => {
  let starts: readonly number[] | undefined;
  // Most questions are about the same line as the last one or a line near it.
  let last = 0;

  const find = (): readonly number[] => {
    const found = [text.charCodeAt(0) === byteOrderMark ? 1 : 0];
    let newline = text.indexOf('\n');
    let lone = text.indexOf('\r');
    while (newline >= 0 || lone >= 0) {
      const next = lone >= 0 && (newline < 0 || lone < newline) ? lone : newline;
      const width = text.charCodeAt(next) === cr && text.charCodeAt(next + 1) === lf ? 2 : 1;
      found.push(next + width);
      if (newline >= 0 && newline < next + width) newline = text.indexOf('\n', next + width);
      if (lone >= 0 && lone < next + width) lone = text.indexOf('\r', next + width);
    }
    return found;
  };

  return (offset) => {
    starts ??= find();
    const startOf = (line: number): number => starts?.[line] ?? Number.POSITIVE_INFINITY;
    if (startOf(last) > offset || startOf(last + 1) <= offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (startOf(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      last = low;
    }
    return { line: last + 1, column: Math.max(1, offset - startOf(last) + 1) };
  };
};
