import type { PatchSides, Side } from './change.ts';
import type { PatchFormat } from './patch.ts';
import type { SqlDialect } from './sql-text.ts';

const dialects: Readonly<Record<string, SqlDialect>> = {
  postgresql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
};

/** A form of corrections that the two sides allow, with the ending of its file. */
export interface PossibleFormat {
  readonly format: PatchFormat;
  readonly ending: 'csv' | 'sql' | 'jsonl';
}

const sides: readonly Side[] = ['left', 'right'];

/** CSV always; SQL for a table of a database (what a query selects has no rows of its own), calls for a CRM. */
export const possibleFormats = (of: PatchSides): readonly PossibleFormat[] => [
  { format: { kind: 'csv' }, ending: 'csv' },
  ...sides.flatMap((side): readonly PossibleFormat[] => {
    const { config, facts } = of[side];
    if (config.kind === 'crm') return [{ format: { kind: 'calls', side }, ending: 'jsonl' }];
    const dialect = Object.hasOwn(dialects, facts.format) ? dialects[facts.format] : undefined;
    if (config.kind !== 'database' || config.table === undefined || dialect === undefined) return [];
    return [{ format: { kind: 'sql', side, dialect, table: config.table }, ending: 'sql' }];
  }),
];
