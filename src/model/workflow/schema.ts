import type { Condition } from './condition.ts';
import type { Place } from './place.ts';

export const fieldTypes = [
  'text',
  'longtext',
  'number',
  'integer',
  'currency',
  'percent',
  'boolean',
  'date',
  'datetime',
  'email',
  'phone',
  'url',
  'picklist',
  'multipicklist',
  'reference',
  'references',
  'id',
] as const;
export type FieldType = (typeof fieldTypes)[number];

export interface Choice {
  /** What is stored. */
  readonly value: string;
  readonly label?: string;
  readonly active: boolean;
  /** Only in these record types; absent: in all. */
  readonly recordTypes?: readonly string[];
}

export interface Field {
  readonly name: string;
  readonly label?: { readonly en?: string; readonly ja?: string };
  readonly type: FieldType;
  readonly required: boolean;
  /** There is a default, so that a create step may leave it out. */
  readonly default?: string | number | boolean | null;
  readonly hasDefault: boolean;
  /** Absent: the values are not known. */
  readonly choices?: readonly Choice[];
  /** False: other values than the choices are accepted too. */
  readonly restricted: boolean;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly min?: number;
  readonly max?: number;
  readonly unique: boolean;
  /** Formula, roll-up, auto number, system fields. */
  readonly readOnly: boolean;
  /** People type it on the form. */
  readonly editable?: boolean;
  /** The objects that a reference leads to; absent: not known. */
  readonly to?: readonly string[];
  readonly place?: Place;
}

/** The save is refused while `refuse` holds. */
export interface ValidationRule {
  readonly name: string;
  readonly refuse: Condition;
  readonly message?: string;
  readonly active: boolean;
  readonly place?: Place;
}

export interface ObjectSchema {
  readonly name: string;
  readonly label?: { readonly en?: string; readonly ja?: string };
  readonly fields: ReadonlyMap<string, Field>;
  readonly rules: readonly ValidationRule[];
  /** What is not listed does not exist. */
  readonly complete: boolean;
  /** A small configuration object, read whole. */
  readonly settings: boolean;
  readonly recordTypes?: readonly string[];
  /** Only the customer's own fields are listed (Salesforce exports `__c`): of any other name nothing is known. */
  readonly ownFieldsOnly?: true;
}

export interface User {
  readonly id: string;
  readonly active: boolean;
  readonly roles: readonly string[];
  readonly email?: string;
  readonly language?: 'ja' | 'en';
}

export interface Queue {
  readonly id: string;
  /** Absent: not known. */
  readonly members?: readonly string[];
  readonly email?: string;
}

export type Operation = 'create' | 'read' | 'update' | 'delete';

export interface Role {
  readonly id: string;
  /** By object; one of the schema that is not listed: no access. */
  readonly objects: ReadonlyMap<string, readonly Operation[]>;
  /** By `Object.field`; not listed: as the object allows. */
  readonly fields: ReadonlyMap<string, 'read' | 'edit' | 'none'>;
  readonly records: 'own' | 'all';
  readonly sendAs?: readonly string[];
  /** Workflows that it may start, where the source says it. */
  readonly starts?: readonly string[];
  /** Sees and changes everything. */
  readonly everything?: boolean;
  /** Of what it does not list nothing is known: exports of Salesforce profiles hold what was asked for with them. */
  readonly partial?: boolean;
  /** Sees the records of every object. */
  readonly seesAll?: boolean;
  /** Given to people on top of another role (a permission set): what it leaves out, that one may allow. */
  readonly additional?: boolean;
}

export interface Template {
  readonly id: string;
  readonly object?: string;
  readonly subject?: string;
  readonly body?: string;
  readonly language?: 'ja' | 'en';
  readonly state: 'published' | 'draft' | 'deleted';
  readonly html: boolean;
  readonly promotional: boolean;
  readonly place?: Place;
}

/** What is known of the CRM. A part that is absent is unknown, not empty: rules that need it are not run. */
export interface Schema {
  /** Objects that are not listed do not exist. */
  readonly complete: boolean;
  /** IANA. */
  readonly timeZone?: string;
  readonly objects?: ReadonlyMap<string, ObjectSchema>;
  readonly users?: ReadonlyMap<string, User>;
  readonly queues?: ReadonlyMap<string, Queue>;
  readonly roles?: ReadonlyMap<string, Role>;
  readonly templates?: ReadonlyMap<string, Template>;
  readonly senders?: readonly { readonly address: string; readonly verified: boolean }[];
  readonly inbound?: readonly { readonly address: string; readonly creates: string }[];
  /** By object. */
  readonly recordTypes?: ReadonlyMap<string, readonly string[]>;
  readonly lists?: readonly string[];
  /** Names are the same whatever their letter case (Salesforce). */
  readonly ignoreCase?: boolean;
}
