import type { CrmLog, CrmLogLine } from '../../model/crm/answers.ts';
import type { Text } from '../../model/text.ts';
import { textIn } from '../reading.ts';
import type { Found } from '../refusal.ts';
import { lastLine, momentIn, type Site } from './site.ts';

const limits: readonly Text[] = [
  {
    en: 'Frappe deletes old lines of the Error Log by itself (Log Settings, usually after 30 days)',
    ja: 'エラーログの古い行は Frappe が自動的に削除します（ログ設定、通常は 30 日後）',
  },
  {
    en: 'failures before the site is up stand in the files only: logs/web.log, logs/worker.log, logs/scheduler.log',
    ja: 'サイトの起動前の失敗はファイル (logs/web.log、logs/worker.log、logs/scheduler.log) にしか残りません',
  },
];

export const logOf = async (site: Site, signal: AbortSignal): Promise<Found<CrmLog>> => {
  const { frappe, client } = site;
  const fields = await site.among('Error Log', ['creation', 'method', 'error'], signal);
  const rows = await frappe.list('Error Log', { fields, order: 'creation desc', limit: 300 }, signal);
  const zone = await site.zone(signal);
  const lines = rows.map((row): CrmLogLine => {
    const at = momentIn(row.creation, zone);
    const [method, error] = [textIn(row.method), lastLine(textIn(row.error))];
    const parts = [method, error].filter((part) => part !== undefined);
    return {
      ...(at === undefined ? {} : { at }),
      level: 'error',
      source: 'Error Log',
      text: client.printable([...new Set(parts)].join(': ')),
    };
  });
  return { value: { lines, limits } };
};
