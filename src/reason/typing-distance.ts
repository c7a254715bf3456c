/**
 * Damerau-Levenshtein distance (optimal string alignment): typing faults between two words. Beyond `limit` it only says
 * that it is more.
 */
export const typingDistance = (left: string, right: string, limit = Number.POSITIVE_INFINITY): number => {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (same ? 0 : 1));
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped && row > 1 && column > 1) best = Math.min(best, at(row - 2, column - 2) + 1);
      current.push(best);
    }
  }
  return at(left.length, right.length);
};
