import type { ComparisonReport } from '../model/sync/report.ts';
import { differingFields, nameOfField } from './comparison/fields.ts';

/** One number with its labels. */
interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Family {
  readonly name: string;
  readonly help: string;
  readonly unit?: 'seconds' | 'bytes';
  readonly samples: readonly Sample[];
}

/** Columns of a table are many; a monitoring system keeps each for ever. */
const mostColumns = 100;

const nameOf = ({ name }: ComparisonReport): Readonly<Record<string, string>> => ({ comparison: name ?? '' });

const rowsOf = (one: ComparisonReport): readonly Sample[] => {
  const { equal, changed, classes, missing, extra, duplicates, rejected, rows } = one;
  const sample = (side: 'left' | 'right' | 'both', kind: string, value: number): Sample => ({
    labels: { ...nameOf(one), side, class: kind },
    value,
  });
  return [
    sample('left', 'all', rows.left),
    sample('right', 'all', rows.right),
    sample('both', 'equal', equal),
    sample('both', 'changed', changed),
    sample('both', 'equal_under_rule', classes.underRule),
    sample('both', 'stale', classes.stale),
    sample('both', 'conflict', classes.conflict),
    sample('left', 'missing', missing),
    sample('right', 'extra', extra),
    sample('left', 'repeated_key', duplicates.left.rows),
    sample('right', 'repeated_key', duplicates.right.rows),
    sample('left', 'rejected', rejected.left),
    sample('right', 'rejected', rejected.right),
  ];
};

const openOf = (one: ComparisonReport): readonly Sample[] => {
  const { pairs, missing, extra } = one.unexplained;
  return Object.entries({ changed: pairs, missing, extra }).map(([kind, value]) => ({
    labels: { ...nameOf(one), class: kind },
    value,
  }));
};

const timeOf = (at: string | undefined): readonly number[] => {
  const ms = Date.parse(at ?? '');
  return Number.isNaN(ms) ? [] : [ms / 1000];
};

/** What of comparisons a monitoring system draws. No values of records are in it. */
export const syncFamilies = (comparisons: readonly ComparisonReport[]): readonly Family[] => {
  const each = (samplesOf: (one: ComparisonReport) => readonly number[]): readonly Sample[] =>
    comparisons.flatMap((one) => samplesOf(one).map((value) => ({ labels: nameOf(one), value })));
  return [
    {
      name: 'crm_doctor_sync_rows',
      help: 'Records of a comparison by side and class; changed includes what is equal under a rule, stale and conflicting.',
      samples: comparisons.flatMap(rowsOf),
    },
    {
      name: 'crm_doctor_sync_unexplained_rows',
      help: 'Records that differ and that no cause explains.',
      samples: comparisons.flatMap(openOf),
    },
    {
      name: 'crm_doctor_sync_column_differences',
      help: 'Pairs of records in which a column differs.',
      samples: comparisons.flatMap((one) =>
        differingFields(one)
          .slice(0, mostColumns)
          .map((field) => ({ labels: { ...nameOf(one), column: nameOfField(field) }, value: field.differ })),
      ),
    },
    {
      name: 'crm_doctor_sync_refused_rows',
      help: 'Records of a side that the other one would refuse.',
      samples: comparisons.flatMap((one) =>
        (one.validation ?? []).map(({ side, rejected }) => ({ labels: { ...nameOf(one), side }, value: rejected })),
      ),
    },
    {
      name: 'crm_doctor_sync_likely_duplicate_pairs',
      help: 'Pairs of records that are likely one and the same.',
      samples: each(({ likelyDuplicates }) => (likelyDuplicates ? [likelyDuplicates.pairs] : [])),
    },
    {
      name: 'crm_doctor_sync_last_sync_timestamp_seconds',
      help: 'When the sync last ran.',
      unit: 'seconds',
      samples: each(({ schedule }) => timeOf(schedule?.lastSync)),
    },
    {
      name: 'crm_doctor_sync_lag_seconds',
      help: 'How far the right side lags behind the left one, 95th percentile.',
      unit: 'seconds',
      samples: each(({ schedule }) => (schedule?.lagMs === undefined ? [] : [schedule.lagMs / 1000])),
    },
    {
      name: 'crm_doctor_sync_rows_per_second',
      help: 'How fast the records were compared.',
      samples: each(({ work }) => [work.rowsPerSecond]),
    },
  ];
};
