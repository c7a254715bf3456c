import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openRunbook } from '../../src/runbook/runbook.ts';
import { sample } from '../report/samples.ts';
import { commandLine, workplace } from './command-line.ts';

let place = workplace();
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.remove());

const state = (): string => join(place.directory, 'state', 'crm-doctor');
const log = (): string => join(state(), 'runbook.jsonl');

const who = { user: 'hanako', host: 'crm01' };
const at = (hour: number, day = '24') => `2026-11-${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;

const run = (name: string, target: string, hour: number, cause?: string, day?: string) => [
  { at: at(hour, day), who, kind: 'run-started', run: name, command: 'mail', target },
  {
    at: at(hour, day),
    who,
    kind: 'run-finished',
    run: name,
    command: 'mail',
    target,
    status: cause ? 'fail' : 'pass',
    exitCode: cause ? 1 : 0,
    durationMs: 812,
    causes: cause ? [{ cause, proof: 'proven', title: 'サーバー証明書の有効期限が切れています' }] : [],
  },
];

const [first, second, third] = [
  '20261123T010000Z-000001',
  '20261124T020512Z-ab12cd',
  '20261124T040512Z-ab99ff',
] as const;

const change = [{ path: 'mail.imap.port', from: 143, to: 993 }];
const where = '/etc/crm-doctor.yaml';

const history = [
  ...run(first, 'sales@example.co.jp', 1, undefined, '23'),
  ...run(second, 'sales@example.co.jp', 2, 'tls.certificate-expired'),
  { at: at(3), id: 'nnnnnnnnnn', who, kind: 'note', run: second, text: 'メールのプロバイダーに電話', tags: ['todo'] },
  { at: at(3), id: 'cccccccccc', who, kind: 'change-intended', run: second, where, change },
  { at: at(3), id: 'dddddddddd', who, kind: 'change-done', run: second, where, change },
  ...run(third, 'support@example.co.jp', 4),
  { at: at(5), id: 'pppppppppp', who, kind: 'note', text: 'ﾌﾟﾛﾊﾞｲﾀﾞｰ says Straße' },
  {
    at: at(6),
    id: 'gggggggggg',
    who,
    kind: 'guide-step',
    session: 's-1',
    step: 'symptom',
    says: 'asks for the symptom',
  },
  { at: at(6), id: 'hhhhhhhhhh', who, kind: 'decision', session: 's-1', question: 'Where?', answer: 'nothing arrives' },
];

const write = (records: readonly object[]): void => {
  mkdirSync(state(), { recursive: true });
  writeFileSync(log(), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
};

const runbook = (...argv: string[]) => commandLine(['runbook', ...argv], { cwd: place.directory });

const listed = async (...argv: string[]): Promise<readonly string[]> => {
  const { code, out, err } = await runbook(...argv, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return (JSON.parse(out) as { id?: string; run: string }[]).map((one) => one.id ?? one.run);
};

describe('runbook list', () => {
  test.each<[string, string[], string[]]>([
    [
      'everything, each act once',
      [],
      [first, second, 'nnnnnnnnnn', 'dddddddddd', third, 'pppppppppp', 'gggggggggg', 'hhhhhhhhhh'],
    ],
    ['the latest few', ['--limit', '2'], ['gggggggggg', 'hhhhhhhhhh']],
    ['a target, by a part of it, with notes and changes', ['SALES@'], [first, second, 'nnnnnnnnnn', 'dddddddddd']],
    ['a cause', ['--cause', 'tls.*'], [second, 'nnnnnnnnnn', 'dddddddddd']],
    ['a cause and a target that do not meet', ['support', '--cause', 'tls.*'], []],
    ['a time', ['--since', '2026-11-24T04:00:00Z'], [third, 'pppppppppp', 'gggggggggg', 'hhhhhhhhhh']],
    ['a tag', ['--tag', '#todo'], ['nnnnnnnnnn']],
    ['a tag of nothing', ['--tag', 'none'], []],
    ['a target of nothing', ['nobody'], []],
  ])('%s', async (_name, argv, ids) => {
    write(history);
    expect(await listed('list', ...argv)).toEqual(ids);
  });

  test('a run and a change whose ends are missing are told as that', async () => {
    write(history.filter((one) => !('id' in one && one.id === 'dddddddddd')).slice(0, -1));
    appendFileSync(log(), `${JSON.stringify(run('20261124T090000Z-dead00', 'x', 9)[0])}\n`);
    const { out } = await runbook('list');
    expect(out).toMatch(/about to change .*\(its end is not recorded; check the file/s);
    expect(out).toMatch(/20261124T090000Z-dead00 {2}mail {2}x {2}\(its end is not recorded: it is still\s+running/);
    expect((await runbook('list', '--lang', 'ja')).out).toContain('終了の記録がありません');
    expect(JSON.parse((await runbook('list', '--json', '--limit', '1')).out)).toMatchObject([{ unfinished: true }]);
  });

  test.each([
    ['--since', 'soon'],
    ['--limit', '0'],
    ['--tag', 'two words'],
  ])('%s %s is a wrong call', async (flag, value) => {
    write(history);
    expect(await runbook('list', flag, value)).toMatchObject({ code: 2, out: '' });
  });
});

describe('runbook search', () => {
  test.each<[string, string[], string[]]>([
    ['half-width kana', ['ﾌﾟﾛﾊﾞｲﾀﾞｰ'], ['pppppppppp', 'nnnnnnnnnn']],
    ['hiragana', ['ぷろばいだー', 'めーる'], ['nnnnnnnnnn']],
    ['capitals', ['STRAßE'], ['pppppppppp']],
    ['the title of a cause', ['有効期限'], [second]],
    ['words of the guide', ['symptom'], ['gggggggggg']],
    ['a tag', ['todo'], ['nnnnnnnnnn']],
    ['not the names of fields', ['proof'], []],
    ['within a time', ['プロバイダー', '--since', '2026-11-24T04:00:00Z'], ['pppppppppp']],
    ['within a cause', ['プロバイダー', '--cause', 'tls.certificate-expired'], ['nnnnnnnnnn']],
    ['a quote and a backslash', ['"C:\\'], ['qqqqqqqqqq']],
    ['letters that were written as numbers', ['証明書更新'], ['uuuuuuuuuu']],
  ])('%s', async (_name, argv, ids) => {
    write([{ at: at(0), id: 'qqqqqqqqqq', who, kind: 'note', text: 'see "C:\\logs"' }, ...history]);
    appendFileSync(
      log(),
      `{"at":"${at(7)}","id":"uuuuuuuuuu","who":{},"kind":"note","text":"\\u8a3c\\u660e\\u66f8\\u66f4\\u65b0"}\n`,
    );
    expect(await listed('search', ...argv)).toEqual(ids);
  });
});

describe('runbook tag', () => {
  test('gives and takes tags of runs and notes, and writes each as a line of its own', async () => {
    write(history);
    const before = readFileSync(log(), 'utf8');
    expect((await runbook('tag', 'nnnn', 'call', '--remove', 'todo')).code).toBe(0);
    await openRunbook(state()).saveRun({ ...sample('proven.en'), run: { ...sample('proven.en').run, id: second } }, {});
    expect((await runbook('tag', second, 'incident')).code).toBe(0);
    expect(readFileSync(log(), 'utf8').startsWith(before)).toBe(true);
    expect(await listed('list', '--tag', 'todo')).toEqual([]);
    expect(await listed('list', '--tag', 'call')).toEqual(['nnnnnnnnnn']);
    expect(await listed('list', '--tag', 'incident')).toEqual([second]);
    expect(await listed('search', 'call')).toEqual(['nnnnnnnnnn']);
    expect((await runbook('list')).out).toMatch(/電話 {2}#call\n/);
    expect((await runbook('show', second)).out).toMatch(/In the runbook\n#incident\n/);
    await runbook('tag', 'nnnnnnnnnn', 'todo');
    expect(await listed('list', '--tag', 'todo')).toEqual(['nnnnnnnnnn']);
  });

  test.each<[string, string[]]>([
    ['no tags', ['nnnnnnnnnn']],
    ['an unknown record', ['zzzz', 'x']],
    ['two words', ['nnnnnnnnnn', 'two words']],
  ])('%s: a wrong call', async (_name, argv) => {
    write(history);
    for (const lang of ['en', 'ja']) {
      expect(await runbook('tag', ...argv, '--lang', lang)).toMatchObject({ code: 2, out: '' });
    }
    expect(readFileSync(log(), 'utf8')).not.toContain('tagged');
  });
});

describe('runbook show', () => {
  const kept = async () => {
    write(history);
    const report = { ...sample('proven.en'), run: { ...sample('proven.en').run, id: second } };
    await openRunbook(state()).saveRun(report, {});
    return report;
  };

  test('a run comes with its notes and changes, in text, Markdown and JSON', async () => {
    const report = await kept();
    const { code, out } = await runbook('show', second);
    expect(code).toBe(0);
    expect(out).toMatch(/In the runbook\n.*nnnnnnnnnn.*電話.*#todo\n.*dddddddddd {2}changed/s);
    expect((await runbook('show', second, '--lang', 'ja')).out).toContain('\n作業記録\n');
    expect((await runbook('show', second, '--format', 'markdown')).out).toMatch(/\n## In the runbook\n\n- 2026/);
    const { runbook: known, ...rest } = JSON.parse((await runbook('show', second, '--json')).out);
    expect(rest).toEqual(report);
    expect(known).toMatchObject({ tags: [], records: [{ id: 'nnnnnnnnnn' }, { id: 'dddddddddd' }] });
  });

  test('a record, by the beginning of its id', async () => {
    await kept();
    expect((await runbook('show', 'pppp')).out).toMatch(/^2026-11-24 05:00:00 {2}hanako@crm01\n {2}pppppppppp/);
    expect(JSON.parse((await runbook('show', 'pppp', '--json')).out)).toMatchObject({ id: 'pppppppppp', kind: 'note' });
  });

  test('in ASCII where nothing else is wanted', async () => {
    write(history);
    for (const wanted of ['dddddddddd', 's-1']) {
      const { code, out } = await runbook('show', wanted, '--ascii');
      expect(code).toBe(0);
      expect(out).toContain('->');
      expect(out).not.toMatch(/[^ -~\n]/);
    }
  });

  test('a session of the guide: its steps and decisions in their order', async () => {
    await kept();
    expect((await runbook('show', 's-1')).out).toMatch(
      /guide {2}symptom .*\n.*\n.*decided {2}Where\? → nothing arrives/,
    );
  });

  test('a run without a kept report is shown by its records', async () => {
    write(history);
    expect((await runbook('show', first)).out).toContain('sales@example.co.jp');
    expect(await runbook('show', '20991231T000000Z-000000')).toMatchObject({ code: 2, out: '' });
  });
});

describe('runbook solved', () => {
  test('is written down with the last run that had the cause', async () => {
    write(history);
    expect((await runbook('solved', 'tls.certificate-expired', 'renewed', 'it')).code).toBe(0);
    expect(readFileSync(log(), 'utf8').trimEnd().split('\n').at(-1)).toContain(
      `"kind":"resolution","run":"${second}","cause":"tls.certificate-expired","text":"renewed it"`,
    );
    expect((await runbook('list', '--cause', 'tls.*')).out).toContain('solved  tls.certificate-expired: renewed it');
    // Known, though no run has found it.
    expect((await runbook('solved', 'dns.no-such-host', 'x')).code).toBe(0);
  });

  test.each(['en', 'ja'])('of no cause there is none (%s)', async (lang) => {
    write(history);
    expect(await runbook('solved', 'tls.no-such-thing', 'x', '--lang', lang)).toMatchObject({ code: 2, out: '' });
  });

  test('secrets of the configuration are taken out of what a person writes', async () => {
    writeFileSync(join(place.directory, 'password.txt'), 'file-Geheim7\n');
    writeFileSync(
      join(place.directory, 'crm-doctor.yaml'),
      'version: 1\nmail: { address: a@b.jp, password: "hunter-Zwei22", smtp: { host: h, password: {} } }\n',
    );
    const config =
      'version: 1\nmail: [{ name: a, address: a@b.jp, password: hunter-Zwei22, smtp: { host: h.jp } }, { name: b, address: b@b.jp, passwordFile: ./password.txt, smtp: { host: h.jp } }]\n';
    writeFileSync(join(place.directory, 'crm-doctor.yaml'), config);
    for (const argv of [
      ['note', 'set it to hunter-Zwei22 and file-Geheim7'],
      ['solved', 'tls.certificate-expired', 'it was hunter-Zwei22 or file-Geheim7'],
    ]) {
      expect((await runbook(...argv)).code).toBe(0);
    }
    expect(readFileSync(log(), 'utf8')).not.toMatch(/Zwei22|Geheim7/);
  });
});

describe('runbook export', () => {
  test.each(['en', 'ja'])('is a page by day, the latest first (%s)', async (lang) => {
    write(history);
    const { code } = await runbook('export', '--output', 'runbook.md', '--lang', lang);
    expect(code).toBe(0);
    const page = readFileSync(join(place.directory, 'runbook.md'), 'utf8');
    expect(page.match(/^## .*$/gm)).toEqual(['## 2026-11-24', '## 2026-11-23']);
    const day = page.split('## 2026-11-24')[1]?.split('## 2026-11-23')[0] ?? '';
    expect(day.match(/^- \d\d:\d\d/gm)).toEqual([
      '- 02:00',
      '- 03:00',
      '- 03:00',
      '- 04:00',
      '- 05:00',
      '- 06:00',
      '- 06:00',
    ]);
    expect(day).toContain('サーバー証明書の有効期限が切れています `tls.certificate-expired`');
    expect(day).toContain('`mail.imap.port`: `143` → `993`');
    expect((await runbook('export', 'support', '--lang', lang)).out).not.toContain('sales@');
  });

  test('what stands in the log is no Markdown of ours', async () => {
    write([{ at: at(1), id: 'x', who, kind: 'note', text: '# <b>x</b> [a](http://x) @admin\n\u001b[31m' }]);
    const { out } = await runbook('export');
    expect(out).not.toMatch(/<b>|\[a\]\(|[^`]@admin|\u001b|^# <|^\u001b/m);
  });

  test('that cannot be written is a wrong call', async () => {
    write(history);
    expect(await runbook('export', '--output', 'no/such/folder/x.md')).toMatchObject({ code: 2, out: '' });
  });
});

describe('a log that somebody has edited', () => {
  const esc = '\u001b]0;owned\u0007';
  const wrong: readonly unknown[] = [7, null, true, [], {}, [esc], 'x'.repeat(300_000)];
  const kinds = ['run-started', 'run-finished', 'change-done', 'undone', 'note', 'tagged', 'resolution', 'decision'];
  const fields = [
    'run',
    'text',
    'tags',
    'causes',
    'open',
    'where',
    'change',
    'of',
    'add',
    'cause',
    'since',
    'session',
    'at',
    'who',
    'id',
  ];

  test('every field of every kind may be of any type', async () => {
    const whole = {
      at: at(1),
      id: 'wwwwwwwwww',
      who,
      run: 'r',
      command: 'mail',
      target: 't',
      status: 'fail',
      exitCode: 1,
      causes: [{ cause: 'tls.x', proof: 'proven' }],
      text: 't',
      tags: ['t'],
      where,
      change,
      of: 'r',
      add: ['t'],
      cause: 'tls.x',
      session: 's',
      question: 'q',
      answer: 'a',
    };
    write(
      kinds.flatMap((kind) => fields.flatMap((field) => wrong.map((value) => ({ ...whole, kind, [field]: value })))),
    );
    appendFileSync(log(), `${'['.repeat(100_000)}\n{"at":"${'9'.repeat(100_000)}","kind":"note"}\n`);
    for (const argv of [
      ['list', '--limit', '30'],
      ['list', '--tag', 't', '--limit', '5'],
      ['list', 't', '--cause', 'tls.*', '--limit', '5'],
      ['search', 'owned', '--limit', '5'],
      ['show', 'wwww', '--json'],
      ['show', 's', '--limit'],
      ['export', '--output', 'page.md'],
      ['undo', '--no-input'],
      ['diff'],
    ]) {
      const { code, out, err } = await runbook(...argv);
      expect([0, 2]).toContain(code);
      for (const control of ['\u001b', '\u0007']) expect(out + err).not.toContain(control);
      expect(err).not.toContain('itself failed');
    }
  });
});
