import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Alike, TableConstraint } from '../../model/sync/constraint.ts';
import { escapeControls } from '../../reason/escape.ts';
import type { NotChecked } from './record-rules.ts';

interface Placed {
  /** Positions of its columns among the compared ones, in its order. */
  readonly ats: readonly number[];
  /** As the target calls it, printable. */
  readonly constraint: string;
}

/** A value that may stand in one record only. */
export interface UniqueConstraint extends Placed {
  readonly alike?: readonly Alike[];
}

/** A value that has to stand in another table. */
export interface ReferenceConstraint extends Placed {
  readonly table: string;
  readonly to: readonly string[];
  readonly asks: string;
  readonly ignoresCase: boolean;
  /** Positions of the columns that are referred to, where they are of the compared table itself. */
  readonly selfAts?: readonly number[];
}

export interface PlacedConstraints {
  readonly unique: readonly UniqueConstraint[];
  readonly references: readonly ReferenceConstraint[];
  readonly notChecked: readonly NotChecked[];
}

const shown = (text: string): string => escapeControls(text.slice(0, 120));

/** Where a target has no catalogue of its own, its columns say themselves that no two records may have the same value. */
const ofColumns = (
  columns: readonly ComparedColumn[],
  isAt: 'leftSource' | 'rightSource',
): readonly TableConstraint[] =>
  columns.flatMap((column): readonly TableConstraint[] => {
    const { name, unique, calculated, type } = column[isAt];
    // An id of its own is given by the system.
    return unique && !calculated && type !== 'id' ? [{ kind: 'unique', name, columns: [name] }] : [];
  });

/** Records that are brought together by another key keep each their own id. */
const isOwnId = (primary: true | undefined, ats: readonly number[], keys: readonly number[]): boolean =>
  primary === true && !ats.some((at) => keys.includes(at));

/**
 * What the target asks of the place of a record among others, by the compared columns. The key itself tells records apart and is not asked
 * about; what no sync writes is not either, and what only in part is compared is told by name.
 */
export const placedConstraints = (
  stated: readonly TableConstraint[] | undefined,
  columns: readonly ComparedColumn[],
  side: 'left' | 'right',
): PlacedConstraints => {
  const isAt = side === 'left' ? 'rightSource' : 'leftSource';
  const atOf = (name: string): number | undefined => columns.find((column) => column[isAt].name === name)?.at;
  const keys = columns.filter(({ key }) => key).map(({ at }) => at);
  const unique: UniqueConstraint[] = [];
  const references: ReferenceConstraint[] = [];
  const notChecked: NotChecked[] = [];
  for (const one of stated ?? ofColumns(columns, isAt)) {
    const constraint = shown(one.name);
    if (one.kind === 'other') notChecked.push({ constraint, why: 'not-understood' });
    if (one.kind === 'other' || one.kind === 'check') continue;
    const found = one.columns.map(atOf);
    const ats = found.filter((at) => at !== undefined);
    if (ats.length === 0) continue;
    if (one.kind === 'unique' && (keys.every((at) => ats.includes(at)) || isOwnId(one.primary, ats, keys))) continue;
    if (ats.length < found.length) notChecked.push({ constraint, why: 'other-column' });
    else if (one.kind === 'unique') unique.push({ ats, constraint, ...(one.alike ? { alike: one.alike } : {}) });
    else {
      const self = one.self ? one.to.map(atOf).filter((at) => at !== undefined) : [];
      references.push({
        ...{ ats, constraint, table: one.table, to: one.to },
        asks: `a value of ${shown(`${one.table} (${one.to.join(', ')})`)}`,
        ignoresCase: one.ignoresCase === true,
        ...(one.self && self.length === one.to.length ? { selfAts: self } : {}),
      });
    }
  }
  return { unique, references, notChecked };
};
