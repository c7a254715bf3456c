// Written by `npm run generate`; do not edit.
import * as m0 from './sync/charset-unmappable.cause.ts';
import * as m1 from './sync/date-off-by-one.cause.ts';
import * as m2 from './sync/day-month-swapped.cause.ts';
import * as m3 from './sync/dst-offset.cause.ts';
import * as m4 from './sync/excel-1904-epoch.cause.ts';
import * as m5 from './sync/html-entity-escaped.cause.ts';
import * as m6 from './sync/leading-zero-lost.cause.ts';
import * as m7 from './sync/mojibake-double-utf8.cause.ts';
import * as m8 from './sync/mojibake-euc.cause.ts';
import * as m9 from './sync/mojibake-lossy-replacement.cause.ts';
import * as m10 from './sync/mojibake-sjis-as-latin1.cause.ts';
import * as m11 from './sync/mojibake-utf8-as-latin1.cause.ts';
import * as m12 from './sync/mojibake-utf8-as-sjis.cause.ts';
import * as m13 from './sync/rich-text-stripped.cause.ts';
import * as m14 from './sync/scientific-notation.cause.ts';
import * as m15 from './sync/text-truncated-bytes.cause.ts';
import * as m16 from './sync/text-truncated-chars.cause.ts';
import * as m17 from './sync/time-part-dropped.cause.ts';
import * as m18 from './sync/time-precision.cause.ts';
import * as m19 from './sync/timezone-mixed-writers.cause.ts';
import * as m20 from './sync/timezone-offset.cause.ts';
import * as m21 from './sync/two-digit-year.cause.ts';
import * as m22 from './sync/utf8mb3-four-byte.cause.ts';

export const syncCauseModules: readonly object[] = [
  m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13,
  m14, m15, m16, m17, m18, m19, m20, m21, m22,
];
