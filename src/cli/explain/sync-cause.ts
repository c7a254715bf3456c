import { allSyncCauses } from '../../../checks/all-sync-causes.ts';
import type { SyncCause } from '../../model/sync/cause.ts';
import type { Text } from '../../model/text.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { sayOf } from './page.ts';
import { words } from './words.ts';

const recognised: Text = {
  en: 'It is named only where it explains many of the differences, far more than of unrelated records, and a second scan with the fault undone shows how many are gone.',
  ja: '多くの差異を説明でき、無関係なレコードではそうならず、この原因を打ち消した比べ直しで差異が減ることを確かめたときだけ、原因として示します。',
};
const stated: Text = {
  en: 'It is what is left when every other cause has been tried; it always comes last.',
  ja: 'ほかのすべての原因を試したあとの残りです。必ず最後に示します。',
};
const shown: Text = {
  en: 'What to do depends on the columns and numbers that are found; `crm-doctor sync` shows the steps with them.',
  ja: '直し方は見つかった列や件数によります。`crm-doctor sync` が、実際の列名を使って手順を示します。',
};

/** The page of a cause of differences between two systems. */
export const explainSyncCause = async (
  { id, title, about, owner, unless = [], hypotheses }: SyncCause,
  flags: CommonFlags,
  context: Context,
): Promise<number> => {
  const { io, language } = context;
  const verify = 'crm-doctor sync --only sync.compare';
  const deeper = unless.map((other) => ({
    cause: other,
    title: allSyncCauses.find((one) => one.id === other)?.title[language],
  }));
  if (flags.json) {
    const page = { id, title: title[language], about: about[language], owner, unless, verify };
    io.out.write(`${JSON.stringify(page, null, 2)}\n`);
    return 0;
  }
  const { ownerWords } = await import('../../report/words.ts');
  const say = sayOf(flags, context);
  say(`${title[language]}  [${id}]`);
  io.out.write('\n');
  say(about[language], 2);
  io.out.write('\n');
  say(`${words.recognised[language]}:`, 2);
  say((hypotheses.length === 0 ? stated : recognised)[language], 4);
  io.out.write('\n');
  if (deeper.length > 0) {
    say(`${words.deeper[language]}:`, 2);
    for (const one of deeper) say(`- ${one.cause}: ${one.title ?? ''}`, 4, 2);
    io.out.write('\n');
  }
  say(shown[language], 2);
  say(`${words.owner[language]}: ${ownerWords[owner][language]}`, 2);
  say(`${words.verify[language]}: ${verify}`, 2);
  return 0;
};
