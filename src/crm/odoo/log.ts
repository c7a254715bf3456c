import type { CrmLog, CrmLogLine } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { type Json, textIn, utcIn } from '../reading.ts';
import type { Found } from '../refusal.ts';
import { searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';

const limits: readonly Text[] = [
  {
    en: 'Odoo writes to ir.logging only when it is started with --log-db, and then from level WARNING on',
    ja: 'ir.logging には、Odoo を --log-db 付きで起動した場合だけ、WARNING 以上の行が記録されます',
  },
  {
    en: 'failures while fetching mail are logged at level INFO, so they are in the log file only (logfile in odoo.conf)',
    ja: 'メール受信の失敗は INFO で記録されるため、ログファイル（odoo.conf の logfile）にしか残りません',
  },
];

const levels: Readonly<Record<string, CrmLogLine['level']>> = {
  CRITICAL: 'error',
  ERROR: 'error',
  WARNING: 'warning',
};

/** A traceback says in its last line what happened; the lines between hold paths of the server. */
const essence = (message: string): string => {
  const lines = message
    .slice(0, 20_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = ''] = lines;
  if (!lines.some((line) => line.startsWith('Traceback (most recent call last)'))) return lines.join(' ');
  const last = lines.at(-1) ?? '';
  return first.startsWith('Traceback') ? last : `${first} ${last}`;
};

const lineOf = (row: Json, client: CrmClient): CrmLogLine => {
  const at = utcIn(row.create_date);
  const logger = textIn(row.name);
  const message = essence(textIn(row.message) ?? '');
  return {
    ...(at === undefined ? {} : { at }),
    level: levels[textIn(row.level)?.toUpperCase() ?? ''] ?? 'info',
    source: 'ir.logging',
    text: client.printable(logger === undefined ? message : `${logger}: ${message}`),
  };
};

export const logOf = async (
  { calls }: OdooDoor,
  { client }: { readonly client: CrmClient },
  signal: AbortSignal,
): Promise<Found<CrmLog>> => {
  const fields = ['create_date', 'level', 'name', 'message'];
  const rows = await searchRead(calls, 'ir.logging', { fields, order: 'id desc', limit: 500 }, signal);
  return { value: { lines: rows.map((row) => lineOf(row, client)), limits } };
};
