import type { Change } from '../model/config.ts';
import type { CheckStatus, Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';
import type { Work } from './look.ts';
import { look } from './look.ts';
import type { Problem } from './problems.ts';
import { standingOf } from './problems.ts';
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

interface Standing {
  readonly title: Text;
  readonly status: CheckStatus;
  readonly word: Text;
}

const standingWords = ({ title, status }: Problem): Readonly<Record<'gone' | 'there' | 'unseen', Standing>> => ({
  gone: {
    title: { en: `Solved: ${title}`, ja: `直りました: ${title}` },
    status: 'pass',
    word: { en: 'solved', ja: '直った' },
  },
  there: {
    title: { en: `Still there: ${title}`, ja: `まだ直っていません: ${title}` },
    status,
    word: { en: 'no change', ja: '変わらず' },
  },
  unseen: {
    title: {
      en: `Not known: what showed the problem could not be looked at this time. ${title}`,
      ja: `判断できません。問題が表れていた項目を、今回は確認できませんでした: ${title}`,
    },
    status: 'unknown',
    word: { en: 'could not be looked at', ja: '確認できず' },
  },
});

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
  const standing = standingOf(problem, looked.report, engine.language);
  const { title, status, word } = standingWords(problem)[standing];
  walk.say({ kind: 'result', status, title });
  tried.push(
    { en: `checked again: ${word.en} [${problem.id}]`, ja: `もう一度検査: ${word.ja} [${problem.id}]` }[
      engine.language
    ],
  );
  return { report: looked.report, gone: standing === 'gone' };
};
