import type { Change } from '../model/config.ts';
import type { Report } from '../model/report.ts';
import type { Work } from './look.ts';
import { look } from './look.ts';
import type { Problem } from './problems.ts';
import { problemsOf } from './problems.ts';
import { changeRows, sayDifference } from './tell-problem.ts';

const onlyFlags = (ids: readonly string[]): readonly string[] => (ids.length === 0 ? [] : ['--only', ...ids]);

/** A change of settings that no file of ours holds is made by a person, in the CRM. */
const isOurs = (change: readonly Change[]): boolean =>
  change.length > 0 && change.every(({ path }) => path.startsWith('mail'));

/** Shows the change, asks, and makes it; the run that it stands under in the runbook. */
export const apply = async (work: Work, problem: Problem, report: Report): Promise<string | undefined> => {
  const { walk, engine, aim, tried } = work;
  const { file } = aim;
  const rows = changeRows(problem.change, engine);
  if (file === undefined) return undefined;
  const ours = isOurs(problem.change);
  const prepared = ours ? await engine.prepare(file, problem.change) : undefined;
  if (prepared?.kind === 'refused') {
    walk.say({ kind: 'result', status: 'fail', title: prepared.text });
    return undefined;
  }
  walk.say({ kind: 'words', text: { en: 'This would change:', ja: '変更する内容:' } });
  walk.say({ kind: 'steps', steps: rows });
  if (prepared && !aim.draft) walk.say({ kind: 'quoted', lines: prepared.lines });
  const agreed = await walk.choose({
    id: 'apply',
    message: ours
      ? aim.draft
        ? { en: 'Go on with these settings?', ja: 'この設定に変更して続けますか？' }
        : { en: `Write this into ${file}?`, ja: `${file} に書き込みますか？` }
      : { en: 'Write this into the CRM?', ja: 'CRM に書き込みますか？' },
    more: {
      en: 'The old settings are kept and can be put back.',
      ja: '変更前の設定は残しておき、いつでも元に戻せます。',
    },
    choices: [
      { value: 'yes', name: { en: 'Yes', ja: 'はい' } },
      { value: 'no', name: { en: 'No', ja: 'いいえ' } },
    ],
  });
  if (agreed === 'no') return undefined;
  const run = report.run.id;
  const done = await walk.once(
    'applied',
    async () => {
      await engine.record({ kind: 'guide-step', step: 'apply', run, says: rows.map(({ en }) => en).join('; ') });
      return ours ? engine.apply(file, problem.change, run) : engine.applyToCrm(aim.command);
    },
    { final: true },
  );
  if (done.kind === 'refused') {
    walk.say({ kind: 'result', status: 'fail', title: done.text });
    return undefined;
  }
  for (const row of rows) tried.push(row[engine.language]);
  walk.say({
    kind: 'result',
    status: 'pass',
    title:
      ours && aim.draft
        ? { en: 'The settings were changed here.', ja: '検査に使う設定を変更しました。' }
        : { en: 'It was changed.', ja: '変更しました。' },
    below: [{ en: 'To put it back: crm-doctor runbook undo', ja: '元に戻すには: crm-doctor runbook undo' }],
  });
  if (ours && aim.draft && !aim.found) {
    walk.say({
      kind: 'words',
      text: {
        en: 'Now make the same change on the mail settings of the CRM itself:',
        ja: '同じ変更を、CRM のメール設定画面でも行ってください:',
      },
    });
    walk.say({ kind: 'steps', steps: rows });
  }
  return run;
};

/** Only what hangs on the problem, once more; then what it was before and what it is now. */
export const again = async (
  work: Work,
  problem: Problem,
  before: Report,
): Promise<{ readonly report: Report; readonly gone: boolean } | undefined> => {
  const looked = await look(work, 'check again', onlyFlags(problem.checks), { told: [] });
  const { walk, engine, tried } = work;
  if (looked.kind === 'refused') {
    walk.say({ kind: 'result', status: 'fail', title: looked.says });
    return undefined;
  }
  sayDifference(work, before, looked.report);
  const gone = !problemsOf(looked.report, engine.language).some(({ key }) => key === problem.key);
  walk.say(
    gone
      ? {
          kind: 'result',
          status: 'pass',
          title: { en: `Solved: ${problem.title}`, ja: `直りました: ${problem.title}` },
        }
      : {
          kind: 'result',
          status: problem.status,
          title: { en: `Still there: ${problem.title}`, ja: `まだ直っていません: ${problem.title}` },
        },
  );
  tried.push(
    engine.language === 'ja'
      ? `もう一度検査: ${gone ? '直った' : '変わらず'} [${problem.id}]`
      : `checked again: ${gone ? 'solved' : 'no change'} [${problem.id}]`,
  );
  return { report: looked.report, gone };
};
