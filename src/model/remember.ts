/** Computes once for each object; forgets with it. */
export const rememberFor = <Key extends object, Result>(compute: (key: Key) => Result): ((key: Key) => Result) => {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.result;
    const result = compute(key);
    known.set(key, { result });
    return result;
  };
};
