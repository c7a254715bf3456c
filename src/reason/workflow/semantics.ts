import type { Format } from '../../model/workflow/workflow.ts';

/** What the same words mean on different platforms. `unknown`: it depends on settings that no definition shows, so nothing is claimed. */
export interface Semantics {
  /** Whether letter case tells two texts apart. */
  readonly letterCase: 'exact' | 'ignored' | 'unknown';
  /** Whether "is not X" (`ne`, `notIn`, `notContains`) holds for an empty value. */
  readonly emptyIsNot: true | false | 'unknown';
  /** Whether a comparison with an empty text or null is a test for emptiness; where it is not, it never holds. */
  readonly equalsEmpty: boolean;
  /** What a yes/no field without a value is. */
  readonly unsetBoolean: false | 'empty';
  /** What a number field without a value is in a comparison. */
  readonly unsetNumber: 0 | 'empty' | 'unknown';
  /** Whether a field with a value counts as changed when the record is created. */
  readonly changedOnCreate: true | false | 'unknown';
  /** An error that nothing handles takes back what was written since the last pause. */
  readonly rollsBack: boolean;
  /** The field that holds the owner. */
  readonly ownerField: string;
}

const native: Semantics = {
  letterCase: 'exact',
  emptyIsNot: true,
  equalsEmpty: false,
  unsetBoolean: 'empty',
  unsetNumber: 'empty',
  changedOnCreate: true,
  rollsBack: false,
  ownerField: 'owner',
};

// Salesforce compares text without regard to case nearly everywhere (help: "Flow Operators in Decision, Wait, and Collection Filter
// Elements"), has no checkbox without a value, and undoes the transaction of a flow that fails without a fault path.
const salesforce: Semantics = {
  ...native,
  letterCase: 'ignored',
  equalsEmpty: true,
  unsetBoolean: false,
  changedOnCreate: 'unknown',
  rollsBack: true,
  ownerField: 'OwnerId',
};

// The databases under these differ by collation, and SQL by NULL.
const database: Semantics = {
  ...native,
  letterCase: 'unknown',
  emptyIsNot: 'unknown',
  equalsEmpty: true,
  unsetBoolean: false,
  unsetNumber: 'unknown',
  changedOnCreate: 'unknown',
  ownerField: 'assigned_user_id',
};

const table: Readonly<Record<Format, Semantics>> = {
  NY: native,
  SF: salesforce,
  // ISCHANGED is false for a new record (help: "ISCHANGED").
  WR: { ...salesforce, changedOnCreate: false },
  AP: { ...salesforce, changedOnCreate: false },
  // filtered_domain reads an unset number as 0 and an unset yes/no as no; "!=" lets unset values pass (odoo/odoo#22879, #134989).
  OD: {
    ...database,
    letterCase: 'exact',
    emptyIsNot: true,
    unsetNumber: 0,
    rollsBack: true,
    ownerField: 'user_id',
  },
  // `includeObjectsWithNoValueSet` decides it for each filter.
  HS: { ...database, unsetNumber: 'empty', ownerField: 'hubspot_owner_id' },
  ES: { ...database, changedOnCreate: true, ownerField: 'assignedUserId' },
  SU: database,
  VT: database,
  ZO: { ...database, ownerField: 'Owner' },
  PA: { ...database, ownerField: 'ownerid' },
  KI: { ...database, ownerField: '作業者' },
  BP: database,
  TR: { ...database, ownerField: 'user' },
  RT: { ...database, ownerField: 'Owner' },
};

export const semanticsOf = (format: Format): Semantics => table[format];
