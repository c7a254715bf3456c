/**
 * A pure function of a text that remembers its answers: a hundred hypotheses read the same values. What is kept is bounded; when it is
 * full, all of it is forgotten.
 */
export const remembered = <Value>(of: (text: string) => Value, most = 20_000): ((text: string) => Value) => {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = of(text);
    if (known.size >= most) known.clear();
    // A long text would keep much for little.
    if (text.length <= 100) known.set(text, value);
    return value;
  };
};
