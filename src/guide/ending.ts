import type { Text } from '../model/text.ts';
import type { Work } from './look.ts';
import { look } from './look.ts';
import { settingsTable } from './settings-table.ts';
import type { Solved } from './solve.ts';

const yesNo = [
  { value: 'yes', name: { en: 'Yes', ja: 'はい' } },
  { value: 'no', name: { en: 'No', ja: 'いいえ' } },
] as const;

/** A message from the mailbox to itself shows that it works; it is asked for, and deleted again. */
const testMessage = async (work: Work): Promise<boolean> => {
  const { walk } = work;
  const agreed = await walk.choose({
    id: 'test message',
    message: {
      en: 'Send one test message from the mailbox to itself?',
      ja: '自分宛てにテストメールを 1 通送って確かめますか？',
    },
    more: {
      en: 'It is marked as a test, found again in the mailbox (the junk folder too), and deleted. Nobody else gets it.',
      ja: 'テストだとわかる件名で送り、届いたことを確認してから削除します（迷惑メールフォルダーも探します）。ほかの人には届きません。',
    },
    choices: yesNo,
  });
  if (agreed === 'no') return true;
  const looked = await look(work, 'test message', ['--send', '--only', 'mail.round-trip'], {
    told: ['mail.round-trip'],
  });
  if (looked.kind === 'refused') {
    walk.say({ kind: 'result', status: 'fail', title: looked.says });
    return false;
  }
  return looked.report.checks.every(
    ({ id, status }) => id !== 'mail.round-trip' || status === 'pass' || status === 'warn',
  );
};

/** What differs, as files that a person goes through. */
const differenceFiles = async (work: Work): Promise<void> => {
  const { walk, aim, engine } = work;
  const wanted = await walk.choose({
    id: 'files',
    message: { en: 'Write the differing records into files?', ja: '違いのあるレコードをファイルに書き出しますか？' },
    more: {
      en: 'One file for each kind of difference, and one with the corrections that are beyond doubt. Nothing is applied by itself: a person goes through them.',
      ja: '違いの種類ごとのファイルと、確実に直せる値の修正案を書き出します。自動では反映されません。内容を確認してから使ってください。',
    },
    choices: yesNo,
  });
  if (wanted === 'no') return;
  const directory = './crm-doctor-differences';
  const flags = ['--output-dir', directory, '--patch', './crm-doctor-corrections.csv'];
  const looked = await look(work, 'files', flags, { told: [] });
  if (looked.kind === 'refused') walk.say({ kind: 'result', status: 'fail', title: looked.says });
  else {
    const files = (looked.report.comparison?.files ?? []).filter(({ rows }) => rows > 0);
    for (const { file, rows } of files) {
      const short = file.startsWith(`${engine.cwd}/`) ? `.${file.slice(engine.cwd.length)}` : file;
      walk.say({
        kind: 'result',
        status: 'pass',
        title: { en: `${short}: ${rows} records`, ja: `${short}: ${rows} 件` },
      });
    }
  }
  walk.say({ kind: 'command', text: `${aim.repeat} --output-dir ${directory}` });
};

const adoptDraft = async ({ walk, engine, aim }: Work): Promise<string | undefined> => {
  if (!aim.draft || aim.file === undefined) return undefined;
  const { file } = aim;
  const wanted = await walk.choose({
    id: 'adopt',
    message: {
      en: 'Save the settings as crm-doctor.yaml here?',
      ja: '設定を crm-doctor.yaml としてここに保存しますか？',
    },
    more: {
      en: 'Then the next check is one short command. The password is not in it: it is read from the environment.',
      ja: '次からは短いコマンドで検査できます。パスワードは書き込まれません（環境変数から読み取ります）。',
    },
    choices: yesNo,
  });
  if (wanted === 'no') return undefined;
  const done = await walk.once('adopted', () => engine.adopt(file), { final: true });
  if (done.kind === 'refused') {
    walk.say({ kind: 'result', status: 'fail', title: done.text });
    return undefined;
  }
  walk.say({
    kind: 'result',
    status: 'pass',
    title: { en: `Written: ${done.file}`, ja: `保存しました: ${done.file}` },
  });
  return done.file;
};

const sayLeft = ({ walk, engine }: Work, { gone, left, report }: Solved): void => {
  walk.say({ kind: 'title', text: { en: 'Summary', ja: 'まとめ' } });
  for (const { title } of gone) {
    walk.say({ kind: 'result', status: 'pass', title: { en: `Solved: ${title}`, ja: `直りました: ${title}` } });
  }
  for (const { title, status } of left) {
    walk.say({ kind: 'result', status, title: { en: `Still open: ${title}`, ja: `残っています: ${title}` } });
  }
  if (gone.length + left.length === 0) {
    walk.say({
      kind: 'result',
      status: report.status === 'pass' || report.status === 'warn' ? 'pass' : 'unknown',
      title: { en: 'No problem was found.', ja: '問題は見つかりませんでした。' },
    });
  }
  const dues = report.prevention.map(({ says, due }) => {
    const by =
      due === undefined ? '' : engine.language === 'ja' ? `${due.slice(0, 10)} まで: ` : `by ${due.slice(0, 10)}: `;
    return `${by}${says}`;
  });
  if (dues.length === 0) return;
  walk.say({ kind: 'words', text: { en: 'Coming up:', ja: '今後の予定:' } });
  walk.say({ kind: 'steps', steps: dues });
};

/** After the problems: the test, what is to be kept, what to watch, and how all of it is done without questions. */
export const ending = async (work: Work, solved: Solved): Promise<number> => {
  const { walk, area, aim, engine } = work;
  const { report, left } = solved;
  const works = left.every(({ status }) => status !== 'fail') && report.status !== 'fail';
  const arrived = aim.sends && works ? await testMessage(work) : true;
  if (area.id === 'sync' && left.length + solved.gone.length > 0) await differenceFiles(work);
  if (aim.found && works) {
    const rows = settingsTable(report);
    if (rows.length > 0) {
      walk.say({
        kind: 'words',
        text: {
          en: 'These settings work. Compare them with the mail settings of the CRM, and enter them there:',
          ja: '次の設定で動くことを確かめました。CRM のメール設定画面と見比べて、同じ値を設定してください:',
        },
      });
      walk.say({ kind: 'facts', rows });
    }
  }
  const adopted = await adoptDraft(work);
  sayLeft(work, solved);
  walk.say({ kind: 'title', text: { en: 'From now on', ja: 'これから' } });
  if (aim.demo) {
    walk.say({
      kind: 'words',
      text: {
        en: 'This was a demo: its servers and its data were made up, and nothing left this machine. For your own CRM:',
        ja: 'これはデモです。サーバーもデータも見本で、外部とは通信していません。ご自身の CRM を調べるには:',
      },
    });
    walk.say({ kind: 'command', text: `crm-doctor guide ${area.id}` });
    walk.say({ kind: 'words', text: { en: 'The same demo without questions:', ja: '同じデモを質問なしで見るには:' } });
    walk.say({ kind: 'command', text: aim.repeat });
    return left.some(({ status }) => status === 'fail') ? 1 : 0;
  }
  const learn: Text = {
    en: 'Write down what you did: crm-doctor runbook note "..." --run last',
    ja: '行ったことを記録しておくと次回に役立ちます: crm-doctor runbook note "…" --run last',
  };
  walk.say({ kind: 'steps', steps: [...area.watch, learn] });
  walk.say({
    kind: 'words',
    text: { en: 'The same check without questions:', ja: '質問なしで同じ検査をするコマンド:' },
  });
  if (aim.needs.length > 0) {
    walk.say({ kind: 'command', text: `export ${aim.needs.map((name) => `${name}='...'`).join(' ')}` });
  }
  walk.say({ kind: 'command', text: adopted === undefined ? aim.repeat : `crm-doctor ${aim.command[0] ?? 'check'}` });
  walk.say({ kind: 'words', text: { en: 'To pass it on to somebody:', ja: 'サポートに渡す資料を作るコマンド:' } });
  walk.say({ kind: 'command', text: 'crm-doctor bundle' });
  await engine.record({
    kind: 'guide-step',
    step: 'end',
    run: report.run.id,
    says: `${solved.gone.length} solved, ${left.length} open`,
  });
  if (left.some(({ status }) => status === 'fail') || !arrived || report.status === 'fail') return 1;
  return report.status === 'unknown' || report.status === 'error' ? 3 : 0;
};
