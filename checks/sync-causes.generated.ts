// Written by `npm run generate`; do not edit.
import * as m0 from './sync/address-notation.cause.ts';
import * as m1 from './sync/amount-scale.cause.ts';
import * as m2 from './sync/amount-tax.cause.ts';
import * as m3 from './sync/anonymised.cause.ts';
import * as m4 from './sync/blank-overwrites.cause.ts';
import * as m5 from './sync/boolean-form.cause.ts';
import * as m6 from './sync/both-sides-edited.cause.ts';
import * as m7 from './sync/charset-unmappable.cause.ts';
import * as m8 from './sync/clock-skew.cause.ts';
import * as m9 from './sync/column-constant.cause.ts';
import * as m10 from './sync/column-not-mapped.cause.ts';
import * as m11 from './sync/column-shift.cause.ts';
import * as m12 from './sync/columns-swapped.cause.ts';
import * as m13 from './sync/company-legal-form.cause.ts';
import * as m14 from './sync/cp932-dash-variants.cause.ts';
import * as m15 from './sync/currency-conversion.cause.ts';
import * as m16 from './sync/cursor-boundary-lost.cause.ts';
import * as m17 from './sync/cursor-tie-lost.cause.ts';
import * as m18 from './sync/date-off-by-one.cause.ts';
import * as m19 from './sync/day-month-swapped.cause.ts';
import * as m20 from './sync/default-injected.cause.ts';
import * as m21 from './sync/deletes-not-propagated.cause.ts';
import * as m22 from './sync/dst-offset.cause.ts';
import * as m23 from './sync/duplicate-on-retry.cause.ts';
import * as m24 from './sync/duplicate-person.cause.ts';
import * as m25 from './sync/duplicate-rule-blocked.cause.ts';
import * as m26 from './sync/era-date.cause.ts';
import * as m27 from './sync/excel-1904-epoch.cause.ts';
import * as m28 from './sync/excel-serial-date.cause.ts';
import * as m29 from './sync/export-truncated.cause.ts';
import * as m30 from './sync/extra-own-records.cause.ts';
import * as m31 from './sync/filter-excludes.cause.ts';
import * as m32 from './sync/float-precision.cause.ts';
import * as m33 from './sync/formula-field.cause.ts';
import * as m34 from './sync/html-entity-escaped.cause.ts';
import * as m35 from './sync/index-lag.cause.ts';
import * as m36 from './sync/interval-lag.cause.ts';
import * as m37 from './sync/invisible-characters.cause.ts';
import * as m38 from './sync/join-off-by-one.cause.ts';
import * as m39 from './sync/kana-script.cause.ts';
import * as m40 from './sync/kanji-variant.cause.ts';
import * as m41 from './sync/key-15-vs-18.cause.ts';
import * as m42 from './sync/key-collision.cause.ts';
import * as m43 from './sync/key-format.cause.ts';
import * as m44 from './sync/key-not-unique.cause.ts';
import * as m45 from './sync/leading-zero-lost.cause.ts';
import * as m46 from './sync/length-rejected.cause.ts';
import * as m47 from './sync/letter-case.cause.ts';
import * as m48 from './sync/merge-loser-kept.cause.ts';
import * as m49 from './sync/mojibake-double-utf8.cause.ts';
import * as m50 from './sync/mojibake-euc.cause.ts';
import * as m51 from './sync/mojibake-lossy-replacement.cause.ts';
import * as m52 from './sync/mojibake-sjis-as-latin1.cause.ts';
import * as m53 from './sync/mojibake-utf8-as-latin1.cause.ts';
import * as m54 from './sync/mojibake-utf8-as-sjis.cause.ts';
import * as m55 from './sync/multi-select-order.cause.ts';
import * as m56 from './sync/name-order.cause.ts';
import * as m57 from './sync/name-separator.cause.ts';
import * as m58 from './sync/name-split.cause.ts';
import * as m59 from './sync/newline-form.cause.ts';
import * as m60 from './sync/null-token.cause.ts';
import * as m61 from './sync/number-format.cause.ts';
import * as m62 from './sync/outage-window.cause.ts';
import * as m63 from './sync/owner-unmapped.cause.ts';
import * as m64 from './sync/page-boundary-lost.cause.ts';
import * as m65 from './sync/page-lost.cause.ts';
import * as m66 from './sync/page-repeated.cause.ts';
import * as m67 from './sync/permission-scope.cause.ts';
import * as m68 from './sync/phone-format.cause.ts';
import * as m69 from './sync/picklist-label-vs-value.cause.ts';
import * as m70 from './sync/picklist-unmapped.cause.ts';
import * as m71 from './sync/postcode-format.cause.ts';
import * as m72 from './sync/rate-limit-partial.cause.ts';
import * as m73 from './sync/record-type-diverged.cause.ts';
import * as m74 from './sync/reference-unresolved.cause.ts';
import * as m75 from './sync/required-field-rejected.cause.ts';
import * as m76 from './sync/result-window-cap.cause.ts';
import * as m77 from './sync/rich-text-stripped.cause.ts';
import * as m78 from './sync/rounding.cause.ts';
import * as m79 from './sync/scheduler-stopped.cause.ts';
import * as m80 from './sync/scientific-notation.cause.ts';
import * as m81 from './sync/snapshot-skew.cause.ts';
import * as m82 from './sync/soft-delete-hidden.cause.ts';
import * as m83 from './sync/stale-overwrites-newer.cause.ts';
import * as m84 from './sync/sync-loop.cause.ts';
import * as m85 from './sync/test-data.cause.ts';
import * as m86 from './sync/text-truncated-bytes.cause.ts';
import * as m87 from './sync/text-truncated-chars.cause.ts';
import * as m88 from './sync/time-part-dropped.cause.ts';
import * as m89 from './sync/time-precision.cause.ts';
import * as m90 from './sync/timestamp-representation.cause.ts';
import * as m91 from './sync/timezone-mixed-writers.cause.ts';
import * as m92 from './sync/timezone-offset.cause.ts';
import * as m93 from './sync/two-digit-year.cause.ts';
import * as m94 from './sync/unexplained.cause.ts';
import * as m95 from './sync/unicode-normalization.cause.ts';
import * as m96 from './sync/updates-not-propagated.cause.ts';
import * as m97 from './sync/utf8mb3-four-byte.cause.ts';
import * as m98 from './sync/validation-rejected.cause.ts';
import * as m99 from './sync/whitespace.cause.ts';
import * as m100 from './sync/width-fullwidth.cause.ts';
import * as m101 from './sync/width-halfwidth-kana.cause.ts';
import * as m102 from './sync/workflow-rewrites.cause.ts';
import * as m103 from './sync/wrong-environment.cause.ts';

export const syncCauseModules: readonly object[] = [
  m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13,
  m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27,
  m28, m29, m30, m31, m32, m33, m34, m35, m36, m37, m38, m39, m40, m41,
  m42, m43, m44, m45, m46, m47, m48, m49, m50, m51, m52, m53, m54, m55,
  m56, m57, m58, m59, m60, m61, m62, m63, m64, m65, m66, m67, m68, m69,
  m70, m71, m72, m73, m74, m75, m76, m77, m78, m79, m80, m81, m82, m83,
  m84, m85, m86, m87, m88, m89, m90, m91, m92, m93, m94, m95, m96, m97,
  m98, m99, m100, m101, m102, m103,
];
