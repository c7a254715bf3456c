import type { Side } from '../../model/sync/side.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import type { PushedTable } from './pushed.ts';

/** Names of ours, which no column has. */
export const name = (what: string, at: number): string => `crm_doctor_${what}${at}`;

/** One record a key: the texts of both sides beside each other. */
export const besideSql = (
  tables: Readonly<Record<Side, PushedTable>>,
  { columns, positions }: ColumnMapping,
): string | undefined => {
  const textsOf = (side: Side): readonly string[] | undefined => {
    const { dialect, columns: there } = tables[side];
    const texts = columns.map(({ at }) => {
      const column = there[positions[side][at] ?? -1];
      return column && dialect.canonicalExpression(column);
    });
    return texts.every((one) => one !== undefined) ? texts : undefined;
  };
  const selects = (['left', 'right'] as const).map((side, which) => {
    const texts = textsOf(side);
    if (!texts) return undefined;
    const { dialect, from, where } = tables[side];
    const keys = columns.filter(({ key }) => key).map(({ at }) => texts[at] ?? "''");
    const values = texts.map((one, at) => `${one} AS ${name('v', at)}`);
    return `SELECT toUInt8(${which}) AS crm_doctor_s, ${dialect.joinedExpression(keys)} AS crm_doctor_k, ${values.join(', ')} FROM ${from}${where.sql}`;
  });
  if (selects.includes(undefined)) return undefined;
  const both = columns.flatMap(({ at }) => [
    `anyIf(${name('v', at)}, crm_doctor_s = 0) AS ${name('l', at)}`,
    `anyIf(${name('v', at)}, crm_doctor_s = 1) AS ${name('r', at)}`,
  ]);
  return `SELECT crm_doctor_k, sum(crm_doctor_s = 0) AS crm_doctor_a, sum(crm_doctor_s = 1) AS crm_doctor_b, ${both.join(', ')} FROM (${selects.join(' UNION ALL ')}) GROUP BY crm_doctor_k`;
};

/** The key is on both sides. */
export const present = 'crm_doctor_a > 0 AND crm_doctor_b > 0';
