import type { ComparisonView } from '../../model/sync/view.ts';

/** What is worked out once for a comparison and asked for row by row. */
export const oncePerView = <Result>(make: (view: ComparisonView) => Result): ((view: ComparisonView) => Result) => {
  const known = new WeakMap<ComparisonView, { readonly result: Result }>();
  return (view) => {
    const found = known.get(view);
    if (found) return found.result;
    const result = make(view);
    known.set(view, { result });
    return result;
  };
};
