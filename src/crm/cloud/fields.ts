import type { FieldType } from '../../model/workflow/schema.ts';

/** One field of a schema file of the workflow format. */
export interface SchemaField {
  readonly type: FieldType;
  readonly required?: true;
  readonly readOnly?: true;
  readonly unique?: true;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly to?: readonly string[];
  readonly values?: readonly (string | { readonly value: string; readonly active: false })[];
}

export interface SchemaObject {
  readonly fields: Readonly<Record<string, SchemaField>>;
}

/** Values that were listed twice are one; YAML and JSON take either, the reader of the format wants each once. */
export const valuesOf = (
  values: readonly { readonly value: string; readonly active: boolean }[],
): NonNullable<SchemaField['values']> => {
  const seen = new Map(values.map((one) => [one.value, one.active] as const));
  return [...seen].map(([value, active]) => (active ? value : { value, active: false as const }));
};

/** The text of a schema file (WORKFLOW-FORMAT: crm-schema/v1); what is not in it may exist all the same. */
export const schemaText = (
  objects: ReadonlyMap<string, SchemaObject>,
  more: Readonly<Record<string, unknown>> = {},
): string =>
  JSON.stringify(
    { schema: 'crm-schema/v1', complete: false, objects: Object.fromEntries(objects), ...more },
    undefined,
    2,
  );

/** Fields that could hold a secret are never asked for, whatever a CRM would do about it. */
export const isSecretName = (name: string): boolean => /passw|secret|token|credential|api_?key/i.test(name);

/** A name that may stand in a query or a path of these systems. */
export const isName = (name: string): boolean => /^[A-Za-z_]\w{0,119}$/.test(name);

/** Names that fit into one request, and those that do not; `cost`: how much of the request each takes. */
export const fitting = (
  names: readonly string[],
  most: number,
  cost: (name: string) => number,
): { readonly fit: readonly string[]; readonly leftOut?: readonly string[] } => {
  let used = 0;
  const end = names.findIndex((name) => {
    used += cost(name);
    return used > most;
  });
  return end < 0 ? { fit: names } : { fit: names.slice(0, end), leftOut: names.slice(end) };
};
