// Written by `npm run generate`; do not edit.
import * as m0 from './sync/date-off-by-one.cause.ts';
import * as m1 from './sync/day-month-swapped.cause.ts';
import * as m2 from './sync/dst-offset.cause.ts';
import * as m3 from './sync/excel-1904-epoch.cause.ts';
import * as m4 from './sync/time-part-dropped.cause.ts';
import * as m5 from './sync/time-precision.cause.ts';
import * as m6 from './sync/timezone-mixed-writers.cause.ts';
import * as m7 from './sync/timezone-offset.cause.ts';
import * as m8 from './sync/two-digit-year.cause.ts';

export const syncCauseModules: readonly object[] = [
  m0, m1, m2, m3, m4, m5, m6, m7, m8,
];
