import { rememberFor } from '../../model/remember.ts';
import type { ComparisonView } from '../../model/sync/view.ts';

/** What is worked out once for a comparison and asked for row by row. */
export const oncePerView = <Result>(make: (view: ComparisonView) => Result): ((view: ComparisonView) => Result) =>
  rememberFor(make);
