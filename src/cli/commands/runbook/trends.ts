import { measuresIn } from '../../../../checks/measures.ts';
import { trendsOf } from '../../../../checks/trends/trends.ts';
import type { Measure, Series } from '../../../model/measure.ts';
import { jsonOf } from '../../../report/json-text.ts';
import { pageOf } from '../../../report/text/page.ts';
import { trendsBlock } from '../../../report/text/trends-block.ts';
import { openMeasures } from '../../../runbook/measures.ts';
import type { Context } from '../../command.ts';
import { renderOptions } from '../../deliver.ts';
import type { CommonFlags } from '../../flags.ts';
import { runbookHere } from './place.ts';

const lastOf = ({ points, ...of }: Series): readonly Measure[] => {
  const last = points.at(-1);
  return last ? [{ ...of, ...last, at: new Date(last.at).toISOString() }] : [];
};

/** What the runs have measured so far, without a new one: of a figure by its id, of a mailbox, or all. */
export const trends = async (wanted: string | undefined, flags: CommonFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const known = await openMeasures((await runbookHere(flags, context)).directory, measuresIn).read();
  const about = known.filter(
    ({ id, mailbox, target }) => wanted === undefined || [id, mailbox, target].some((one) => one.includes(wanted)),
  );
  const run = { id: '', command: 'runbook', target: '', startedAt: '', durationMs: 0, language };
  const { trends: found = [] } = trendsOf({ run, prevention: [] }, about.flatMap(lastOf), about);
  if (flags.json) {
    io.out.write(`${jsonOf({ trends: found }, 2)}\n`);
    return 0;
  }
  const page = pageOf({ ...renderOptions(flags, context), verbose: true });
  const lines = trendsBlock(page, { run, trends: found });
  const nothing = {
    en: 'There is no figure of several days yet; each run adds to them.',
    ja: '数日分の記録がまだありません。検査のたびに蓄積されます。',
  }[language];
  io.out.write(`${(lines.length > 0 ? lines : [nothing]).join('\n')}\n`);
  return 0;
};
