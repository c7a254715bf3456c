import { jsonOf } from '../../../report/json-text.ts';
import type { RunbookRecord } from '../../../runbook/record.ts';
import { changeKey, isChangeRecord } from '../../../runbook/undo.ts';
import type { Context } from '../../command.ts';
import type { CommonFlags } from '../../flags.ts';
import { limitOf, lineOf, sayBroken, writeLines } from './lines.ts';
import { runbookHere } from './place.ts';

const unfinished = {
  en: 'its end is not recorded; check the file, or `crm-doctor runbook undo`',
  ja: '完了の記録がありません。ファイルを確認するか、`crm-doctor runbook undo` を実行してください',
};

/** The latest records, the latest last. */
export const list = async (flags: CommonFlags & { readonly limit?: string }, context: Context): Promise<number> => {
  const { io, language } = context;
  const most = limitOf(flags);
  const reading = (await runbookHere(flags, context)).read();
  const latest: RunbookRecord[] = [];
  const ended = new Set<string>();
  for await (const record of reading) {
    if (lineOf(record, language) === undefined) continue;
    if (isChangeRecord(record) && record.kind !== 'change-intended') ended.add(changeKey(record));
    latest.push(record);
    if (latest.length > most) latest.shift();
  }
  if (flags.json) {
    io.out.write(`${jsonOf(latest, 2)}\n`);
    return 0;
  }
  if (latest.length === 0) io.out.write(`${{ en: 'nothing recorded yet', ja: 'まだ記録がありません' }[language]}\n`);
  const lines = latest.map((record) => {
    const line = lineOf(record, language) ?? '';
    const open = record.kind === 'change-intended' && !(isChangeRecord(record) && ended.has(changeKey(record)));
    return open ? `${line}  (${unfinished[language]})` : line;
  });
  writeLines(lines, flags, context);
  sayBroken(reading.broken, context);
  return 0;
};
