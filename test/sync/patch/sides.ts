import type { ColumnType, ComparedColumn, SourceColumn } from '../../../src/model/sync/column.ts';
import type { CrmSide, DatabaseSide, SideConfig } from '../../../src/model/sync/subject.ts';
import type { PatchCause, PatchChange, PatchSides } from '../../../src/sync/patch/change.ts';
import { type PatchFormat, type PatchSummary, writePatch } from '../../../src/sync/patch/patch.ts';

export const cause = (id: string, detail: PatchCause['detail'] = {}, effect: PatchCause['effect'] = 'wrong') => ({
  cause: id,
  effect,
  detail,
});
export const garbled = cause('sync.mojibake-utf8-as-sjis', { side: 'right', chain: 'utf-8 > cp932' });

interface Sketch {
  readonly right?: string;
  readonly type?: ColumnType;
  readonly key?: boolean;
  readonly role?: ComparedColumn['role'];
  readonly left?: Partial<SourceColumn>;
  readonly rightColumn?: Partial<SourceColumn>;
}

export const columnsOf = (sketches: Readonly<Record<string, Sketch>>): readonly ComparedColumn[] =>
  Object.entries(sketches).map(([left, { right = left, type = 'text', key = false, role, ...more }], at) => ({
    at,
    left,
    right,
    type,
    typeFrom: 'configuration',
    key,
    ...(role ? { role } : {}),
    leftSource: { name: left, ...more.left },
    rightSource: { name: right, ...more.rightColumn },
  }));

export const databaseSide: DatabaseSide = { kind: 'database', url: 'sqlite:/data/crm.db', table: 'contacts' };
export const crmSide = (type: string, records: string, more: object = {}): CrmSide => ({
  kind: 'crm',
  type: records,
  crm: {
    kind: 'crm',
    path: 'crm',
    label: `crm:${type}`,
    mailboxes: [],
    config: { type, url: 'https://crm.example.com', ...more },
  },
});

export const sidesOf = (
  columns: readonly ComparedColumn[],
  right: SideConfig = databaseSide,
  server?: string,
): PatchSides => ({
  columns,
  left: { config: crmSide('demo', 'contacts'), facts: { name: 'contacts of crm:demo', format: 'crm:demo' } },
  right: {
    config: right,
    facts: {
      name: 'table contacts',
      format: right.kind === 'crm' ? `crm:${right.crm.config.type}` : 'sqlite',
      ...(server === undefined ? {} : { server }),
    },
  },
});

/** A changed pair: the differences are where the values differ, all by one cause. */
export const changed = (
  left: readonly string[],
  right: readonly string[],
  by?: PatchCause,
  more: { readonly conflict?: boolean } = {},
): PatchChange => ({
  kind: 'changed',
  pair: { left, right },
  differences: left.flatMap((value, column) => (value === right[column] ? [] : [{ column, ...(by ? { by } : {}) }])),
  ...more,
});

export const written = async (
  changes: readonly PatchChange[],
  format: PatchFormat,
  sides: PatchSides,
): Promise<{ readonly text: string; readonly summary: PatchSummary }> => {
  const parts: string[] = [];
  const sink = { write: async (part: string) => parts.push(part) };
  const summary = await writePatch(changes, format, sink, sides);
  return { text: parts.join(''), summary };
};

/** Texts that would break out of quotes, lines or cells. */
export const hostile: readonly string[] = [
  "O'Brien",
  "'; DROP TABLE contacts; --",
  "\\'; DELETE FROM contacts; --",
  '\\',
  "a\\'b''c",
  'line\nDELIMITER //\r\n\\! rm -rf /\n.shell ls',
  '"quoted", comma',
  '=HYPERLINK("http://x","y")',
  '-1+2',
  '@SUM(A1)',
  '\tindented ',
  '髙橋 𠮷野家 👩‍👩‍👧 が',
  '%s %d {0} ${x} :name $1 ?',
  '/* comment */ -- not one',
  'E\u0001\u007f\u001f',
  '\u202eevil\u2028line',
  'a`b"c[d]',
];
