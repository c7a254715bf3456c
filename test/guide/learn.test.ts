import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { formatDate } from '../../src/i18n/format.ts';
import type { Language } from '../../src/model/text.ts';
import { commandLine } from '../cli/command-line.ts';
import { personAt } from './person.ts';

type Person = ReturnType<typeof personAt>;

const people: Person[] = [];
const homes: string[] = [];
afterAll(() => {
  for (const person of people) person.leave();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

const at = (options: Parameters<typeof personAt>[0]): Person => {
  const person = personAt(options);
  people.push(person);
  return person;
};

const bare = (text: string): string => text.replace(/\s+/g, '');

/** A command is never broken, so that it can be copied. */
const tooWide = (person: Person): readonly string[] => {
  const copied =
    person
      .text()
      .replaceAll('\n', '')
      .match(/crm-doctor (?:explain|runbook show|runbook solved) [\w.-]+(?: "\.\.\.")?/g) ?? [];
  return person.tooWide().filter((line) => !copied.some((one) => one.endsWith(line)));
};

/** A folder whose runbook holds what was really run in it: a comparison that differed, and was mended. */
const lived = async (language: Language): Promise<string> => {
  const home = mkdtempSync(join(tmpdir(), 'crm-doctor-learn-'));
  homes.push(home);
  const rows = Array.from({ length: 40 }, (_, id) => `${id},User ${id},090-1234-${String(5000 + id)}`);
  writeFileSync(join(home, 'left.csv'), ['id,name,phone', ...rows].join('\n'));
  writeFileSync(join(home, 'right.csv'), ['id,name,phone', ...rows.map((row) => row.toUpperCase())].join('\n'));
  writeFileSync(
    join(home, 'crm-doctor.yaml'),
    'version: 1\nrunbook: ./memory\nsync: { left: { file: left.csv }, right: { file: right.csv }, key: [id] }\n',
  );
  const run = (argv: readonly string[]) => commandLine([...argv, '--lang', language], { cwd: home });
  await run(['sync']);
  await run(['runbook', 'note', 'the export writes names as they are again', '--run', 'last']);
  writeFileSync(join(home, 'right.csv'), ['id,name,phone', ...rows].join('\n'));
  await run(['sync']);
  const memory = join(home, 'memory');
  await run(['mail', 'sales@example.co.jp', '--smtp', '127.0.0.1:1/none', '--runbook', memory]);
  return home;
};

/** A lesson on the list is named with the day of the run, which is today. */
const named = (title: string, language: Language): string => {
  const day = formatDate(new Date(), language);
  return language === 'ja' ? `${title}（${day}）` : `${title} (${day})`;
};

const words = {
  en: {
    which: 'Which lesson?',
    happened: 'the export writes names as they are again',
    mended: 'What mended it',
    command: 'Which command shows it?',
    another: 'Another one?',
    enough: 'That is enough for today',
    case: 'Upper and lower case letters',
    nothing: 'Nothing is written down about that.',

    unsure: 'I do not know',
  },
  ja: {
    which: 'どの練習をしますか？',
    happened: 'the export writes names as they are again',
    mended: '何で直ったか',
    command: 'どのコマンドで気付けますか？',
    another: 'もう 1 つ続けますか？',
    enough: '今日はここまでにする',
    case: '大文字と小文字の違いがあります',
    nothing: '直した方法は記録されていません。',

    unsure: 'わからない',
  },
} as const;

test.each([
  ['en', 80, []],
  ['ja', 40, ['--ascii']],
] as const)(
  'lessons are made of what was met here: %s, %i columns',
  async (language, columns, flags) => {
    const say = words[language];
    const home = await lived(language);
    // The runbook is the one that the configuration names.
    const person = at({ argv: ['learn', ...flags], language, columns, home });
    await person.until(say.which);
    expect(bare(person.text())).not.toContain(
      bare({ en: 'holds no problem yet', ja: 'まだ問題の記録がありません' }[language]),
    );
    await person.choose(named(say.case, language));
    await person.until('sync.letter-case');
    await person.until(say.mended);
    await person.until(say.happened);
    await person.until(say.command);
    await person.choose('crm-doctor sync');
    await person.until({ en: 'Right.', ja: '正解です。' }[language]);
    await person.until('sync.compare: 1d');
    await person.until('crm-doctor explain sync.letter-case');
    await person.until(say.another);
    await person.choose(say.enough);
    expect(await person.ended).toBe(0);
    expect(tooWide(person)).toEqual([]);
  },
  300_000,
);

test('a wrong answer is told the right one, and the way back leads to the question before', async () => {
  const home = await lived('en');
  const person = at({ argv: ['learn'], language: 'en', columns: 120, home });
  await person.until('Which lesson?');
  await person.choose(named('The server refuses the connection', 'en'));
  await person.until('net.refused');
  await person.until('looks the same from outside');
  await person.choose('I do not know');
  await person.until('These look alike:');
  await person.until('What mended it');
  await person.until('Nothing is written down about that.');
  await person.until('Which command shows it?');
  person.type('<');
  await person.until('looks the same from outside');
  await person.choose('A firewall drops the connection silently');
  await person.until('Right.');
  await person.until('Which command shows it?');
  await person.choose('I do not know');
  await person.until('It is this one:');
  await person.until('crm-doctor mail --only mail.port');
  await person.until('mail.port: 15m');
  await person.until('Another one?');
  person.press('stop');
  expect(await person.ended).toBe(130);
}, 300_000);

test.each([
  ['mail', 'ja', 120, 'デモ: 送れないメール', 'config.security-mismatch'],
  ['sync', 'en', 40, 'Demo: customer lists that differ', 'sync.'],
  ['workflow', 'ja', 80, 'デモ: 動かないワークフロー', 'workflow.'],
] as const)(
  'without a runbook the lessons are demos: %s in %s on %i columns',
  async (_area, language, columns, choice, cause) => {
    const say = words[language];
    const person = at({ argv: [], language, columns });
    await person.until({ en: 'What is it about?', ja: '何について困っていますか？' }[language]);
    await person.choose(
      { en: 'Nothing now: learn', ja: '今は困っていない' }[language] +
        { en: ' from what happened', ja: '（起きたことから学ぶ）' }[language],
    );
    await person.until({ en: 'holds no problem yet', ja: 'まだ問題の記録がありません' }[language]);
    await person.choose(choice);
    await person.until({ en: 'A demo: its servers', ja: 'これはデモです。' }[language]);
    await person.until(cause);
    for (;;) {
      const asked = await person.question();
      if (asked === undefined) break;
      await person.choose(bare(asked).startsWith(bare(say.another).slice(0, 8)) ? say.enough : say.unsure);
    }
    expect(await person.ended).toBe(0);
    expect(bare(person.text())).toContain(bare(say.mended));
    expect(bare(person.text())).not.toContain(bare(say.nothing));
    expect(person.text()).toContain('crm-doctor explain --topics');
    expect(tooWide(person)).toEqual([]);
  },
  300_000,
);
