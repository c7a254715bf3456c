import { valueWord } from '../i18n/value-word.ts';
import type { Change } from '../model/config.ts';
import type { CheckReport, Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';
import { nameOf } from '../report/grouping.ts';
import { ownerWords, statusWords } from '../report/words.ts';
import { placeOf } from '../runbook/seen.ts';
import type { Engine } from './engine.ts';
import type { Work } from './look.ts';
import type { Problem } from './problems.ts';
import { settingWords } from './setting-words.ts';

export const sayProblem = ({ walk, area }: Work, problem: Problem, at: string): void => {
  const { status, title, id, effects, because, certainty, owner, proof, before } = problem;
  walk.say({ kind: 'title', text: { en: `Problem ${at}`, ja: `問題 ${at}` } });
  walk.say({ kind: 'result', status, title: `${title}  [${id}]` });
  const mendable = owner === 'user';
  walk.say({
    kind: 'facts',
    rows: [
      ...(effects.length > 0
        ? [
            {
              label: area.id === 'mail' ? { en: 'What happens', ja: '何が起きているか' } : { en: 'Where', ja: '対象' },
              text: effects,
            },
          ]
        : []),
      {
        label:
          certainty === '' ? { en: 'Cause', ja: '原因' } : { en: `Cause (${certainty})`, ja: `原因（${certainty}）` },
        text: because,
      },
      {
        label: { en: 'Who can mend it', ja: '直せる人' },
        text: {
          en: mendable ? 'you' : ownerWords[owner].en,
          ja: mendable ? 'あなた' : ownerWords[owner].ja,
        },
      },
      ...(proof === undefined ? [] : [{ label: { en: 'Tried out', ja: '確かめた結果' }, text: proof }]),
      ...(before === undefined ? [] : [{ label: { en: 'Last time', ja: '前回の解決方法' }, text: before }]),
    ],
  });
};

/** What a change is, as a person makes it on the settings page of a CRM. */
export const changeRows = (change: readonly Change[], { language }: Engine): readonly Text[] =>
  change.map(({ path, from, to }) => {
    const name = settingWords(path);
    const side = (value: Change['from'], which: 'from' | 'to'): string => valueWord(value, which, language);
    const line = `${side(from, 'from')} → ${side(to, 'to')}`;
    return { en: `${name.en}: ${line}`, ja: `${name.ja}: ${line}` };
  });

/** Statuses of the same check in two runs, where they are not the same. */
export const sayDifference = ({ walk }: Work, before: Report, after: Report): void => {
  const key = (check: CheckReport): string => JSON.stringify([check.mailbox, placeOf(check)]);
  const known = new Map(before.checks.map((check) => [key(check), check.status]));
  const rows = after.checks.flatMap((check) => {
    const was = known.get(key(check));
    return was === undefined || was === check.status ? [] : [{ check, was }];
  });
  walk.say({ kind: 'title', text: { en: 'Before and after', ja: '直す前と後' } });
  if (rows.length === 0) {
    walk.say({ kind: 'words', text: { en: 'Every check came out as before.', ja: '検査の結果は前と同じです。' } });
    return;
  }
  const word = (status: CheckReport['status']): Text => statusWords[status];
  walk.say({
    kind: 'table',
    head: [
      { en: 'Check', ja: '検査' },
      { en: 'Before', ja: '前' },
      { en: 'After', ja: '後' },
    ],
    rows: rows.map(({ check, was }) => [nameOf(check), word(was), word(check.status)]),
  });
};
