import type { Report } from '../model/report.ts';
import type { Work } from './look.ts';
import type { Problem } from './problems.ts';

/** The text for whoever can mend it, on the screen and, if wanted, in a file. */
export const passOn = async ({ walk, engine, since, tried }: Work, problem: Problem, report: Report): Promise<void> => {
  const { subject, body } = await walk.once('text', () =>
    engine.handOver(report, { tried, cause: problem.id, ...(since === undefined ? {} : { since }) }),
  );
  walk.say({ kind: 'words', text: { en: 'To be copied into a mail:', ja: 'メールに貼り付けて使えます:' } });
  walk.say({ kind: 'quoted', lines: [subject, '', ...body.split('\n')] });
  const keep = await walk.choose({
    id: 'keep text',
    message: { en: 'Keep it as a file?', ja: 'ファイルに保存しますか？' },
    choices: [
      { value: 'yes', name: { en: 'Yes', ja: 'はい' } },
      { value: 'no', name: { en: 'No', ja: 'いいえ' } },
    ],
  });
  if (keep === 'no') return;
  const file = await walk.once('kept text', () => engine.keepText('crm-doctor-request.txt', `${subject}\n\n${body}\n`));
  walk.say(
    file === undefined
      ? {
          kind: 'result',
          status: 'fail',
          title: { en: 'It could not be written here.', ja: 'ここには書き込めませんでした。' },
        }
      : { kind: 'result', status: 'pass', title: { en: `Written: ${file}`, ja: `保存しました: ${file}` } },
  );
};
