import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
const at = { cwd: place.directory };
afterAll(place.remove);

const write = (file: string, text: string): void => {
  const path = join(place.directory, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
};

const good = `workflow: welcome
object: Contact
trigger: { on: create }
steps:
  - update: record
    set: { source: web }
`;
/** A step that nothing leads to, on line 6. */
const bad = `workflow: 受注通知
object: Deal
trigger: { on: create }
steps:
  - stop: true
  - id: 経理へ
    log: never
`;
const config = (workflow: string): string => `version: 1\nworkflow:\n${workflow}`;

beforeAll(() => {
  write('good/welcome.yaml', good);
  write('bad/受注.yaml', bad);
  write('bad/broken.yaml', 'workflow: broken\nobject: Deal\ntrigger: { on: create\nsteps: []\n');
});

const run = (...words: readonly string[]) => commandLine(['workflow', ...words, '--lang', 'en'], at);
const report = async (...words: readonly string[]): Promise<Report> =>
  JSON.parse((await run(...words, '--json')).out) as Report;
const told = ({ findings = [] }: Report): readonly string[] =>
  findings
    .filter(({ severity, suppressed }) => severity !== 'info' && suppressed === undefined)
    .map(({ rule, file, line }) => `${rule} ${file}:${line}`);

describe('crm-doctor workflow', () => {
  test('a good folder is good', async () => {
    const { code, out, err } = await run('good');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('1 workflow in 1 file');
  });

  test.each([
    ['en', 'Nothing leads to the step "経理へ"', 'exit 1'],
    ['ja', 'ステップ「経理へ」へはどこからもつながっていない', '終了コード 1'],
  ])('says what is wrong, where and why in %s', async (lang, says, verdict) => {
    const { code, out } = await commandLine(['workflow', 'bad/受注.yaml', '--lang', lang, '--fail-on', 'warn'], {
      ...at,
      columns: 160,
    });
    expect(code).toBe(1);
    expect(out).toContain('bad/受注.yaml:6:');
    expect(out).toContain('6 │   - id: 経理へ');
    expect(out).toContain(says);
    expect(out).toContain(verdict);
  });

  test('one file that cannot be read hides no other', async () => {
    const { exitCode, checks, ...rest } = await report('bad');
    expect(told(rest as Report)).toEqual([
      'workflow.parse-syntax bad/broken.yaml:4',
      'workflow.flow-unreachable-step bad/受注.yaml:6',
    ]);
    expect(exitCode).toBe(1);
    expect(checks.map(({ id, status }) => [id, status])).toEqual([
      ['workflow.parse', 'fail'],
      ['workflow.lint', 'warn'],
    ]);
  });

  test.each([20, 40, 80])('keeps to %i columns', async (columns) => {
    const { out } = await commandLine(['workflow', 'bad', '--lang', 'en', '--verbose'], { ...at, columns, tty: true });
    const { width } = await import('../../src/i18n/width.ts');
    const lines = out.replace(/\u001b\[\d+m/g, '').split('\n');
    const wide = lines.filter((line) => width(line) > columns && !/runs\/|crm-doctor-disable/.test(line));
    expect(wide).toEqual([]);
  });

  test('what has no definition in it was not checked', async () => {
    write('empty/notes.txt', 'nothing');
    const { checks, exitCode } = await report('empty');
    expect(checks.map(({ status }) => status)).toEqual(['unknown', 'skip']);
    expect(exitCode).toBe(3);
  });

  test.each<[string, readonly string[], RegExp]>([
    ['a path that is not there', ['nowhere'], /nowhere/],
    ['nothing named, nothing configured', [], /name files or folders/],
    ['a rule that is not there', ['good', '--only', 'cond-nothing'], /no check or rule is called cond-nothing/],
    ['--fail-on new without a baseline', ['good', '--fail-on', 'new'], /--baseline/],
    ['--dry-run without --fix', ['good', '--dry-run'], /--fix/],
    ['a schema that is not there', ['good', '--schema', 'nowhere.yaml'], /nowhere\.yaml/],
    ['a baseline that is not there', ['good', '--baseline', 'nowhere'], /neither a folder nor a git revision/],
  ])('%s is a usage error in a sentence', async (_, words, says) => {
    const { code, err } = await run(...words);
    expect(code).toBe(2);
    expect(err).toMatch(says);
    expect(err).not.toContain('    at ');
  });
});

describe('rules can be chosen and set', () => {
  test('--only names rules with and without their first word, --skip leaves out', async () => {
    expect(told(await report('bad', '--only', 'cond-*'))).toEqual(['workflow.parse-syntax bad/broken.yaml:4']);
    expect(told(await report('bad', '--only', 'workflow.flow-*', '--skip', 'parse-*'))).toEqual([
      'workflow.flow-unreachable-step bad/受注.yaml:6',
    ]);
    expect(told(await report('bad', '--skip', 'flow-unreachable-step'))).toEqual([
      'workflow.parse-syntax bad/broken.yaml:4',
    ]);
  });

  test('the configuration raises, lowers and silences', async () => {
    write('set/crm-doctor.yaml', config('  files: [../bad/受注.yaml]\n  rules: { flow-unreachable-step: error }\n'));
    const inSet = (...words: readonly string[]) =>
      commandLine(['workflow', ...words, '--lang', 'en'], { cwd: join(place.directory, 'set') });
    expect((await inSet()).code).toBe(1);
    write('set/crm-doctor.yaml', config('  files: [../bad/受注.yaml]\n  rules: { flow-unreachable-step: off }\n'));
    expect((await inSet()).code).toBe(0);
    write(
      'set/crm-doctor.yaml',
      config(
        '  files: [../bad/受注.yaml]\n  ignore: [{ rule: flow-unreachable-step, element: 経理へ, reason: agreed }]\n',
      ),
    );
    expect((await inSet('--fail-on', 'warn')).code).toBe(0);
  });

  test.each<[string, string, RegExp]>([
    ['an unknown rule', '  rules: { cond-unknown-feild: off }\n', /crm-doctor\.yaml:3:\d+: .*cond-unknown-field/],
    [
      'an unknown limit',
      '  rules: { flow-unreachable-step: [warning, { limit: 3 }] }\n',
      /flow-unreachable-step takes/,
    ],
    ['a wrong severity', '  rules: { flow-unreachable-step: loud }\n', /off/],
    ['an unknown rule to ignore', '  ignore: [{ rule: nothing, reason: x }]\n', /nothing/],
  ])('%s is a configuration error with its place', async (_, section, says) => {
    write('wrong/crm-doctor.yaml', config(section));
    const { code, err } = await commandLine(['workflow', '../good', '--lang', 'en'], {
      cwd: join(place.directory, 'wrong'),
    });
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });

  test('a secret of the mailbox that is not set is none of its business', async () => {
    write(
      'mail/crm-doctor.yaml',
      `version: 1\nmail: { address: a@example.co.jp, password: \${NOT_SET}, smtp: { host: mail.example.co.jp } }\nworkflow: { files: [../good] }\n`,
    );
    expect((await commandLine(['workflow'], { cwd: join(place.directory, 'mail') })).code).toBe(0);
    expect((await commandLine(['mail', '--offline'], { cwd: join(place.directory, 'mail') })).code).toBe(2);
  });
});

describe('compared with an earlier version', () => {
  test('only new findings fail', async () => {
    write('old/bad/受注.yaml', bad);
    write('now/bad/受注.yaml', bad);
    const now = { cwd: join(place.directory, 'now') };
    const words = ['workflow', 'bad', '--baseline', '../old', '--fail-on', 'new', '--lang', 'en'];
    expect((await commandLine(words, now)).code).toBe(0);
    write(
      'now/bad/受注.yaml',
      bad.replace('  - id: 経理へ', '  - id: もう一つ\n    log: never\n    next: end\n  - id: 経理へ'),
    );
    const { code, out } = await commandLine(words, { ...now, columns: 160 });
    expect(code).toBe(1);
    expect(out).toContain('step もう一つ added');
    expect(out).toMatch(/もう一つ {2}new/);
  });

  test('from git', async () => {
    const cwd = join(place.directory, 'repository');
    write('repository/flows/won.yaml', good);
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.co.jp', ...words], { cwd, stdio: 'pipe' });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'good');
    write('repository/flows/won.yaml', good.replace('web', 'fax'));
    const { code, out } = await commandLine(['workflow', 'flows', '--baseline', 'HEAD', '--lang', 'ja'], {
      cwd,
      columns: 160,
    });
    expect(code).toBe(0);
    expect(out).toContain('source に書く値: web → fax');
  });
});

describe('--fix', () => {
  const idle = `workflow: welcome
object: Contact
trigger: { on: create }
steps:
  # crm-doctor-disable-next-line flow-unreachable-step -- kept for the next season
  - update: record
    set: { source: web }
`;
  test('writes what is proven, with a backup, and nothing with --dry-run', async () => {
    write('fix/welcome.yaml', idle);
    const path = join(place.directory, 'fix/welcome.yaml');
    expect((await run('fix', '--fix', '--dry-run')).out).toContain('would change 1 place');
    expect(readFileSync(path, 'utf8')).toBe(idle);
    expect(readdirSync(join(place.directory, 'fix'))).toEqual(['welcome.yaml']);
    const { fixes, run: about } = await report('fix', '--fix');
    const backup = `fix/welcome.yaml.bak-${about.id}`;
    expect(fixes?.applied).toEqual([
      { rule: 'workflow.maint-suppression-unused', file: 'fix/welcome.yaml', line: 5, backup },
    ]);
    expect(readFileSync(path, 'utf8')).toBe(good);
    expect(readFileSync(join(place.directory, backup), 'utf8')).toBe(idle);
  });

  test('a file that is read-only is left alone, and that is said', async () => {
    write('locked/welcome.yaml', idle);
    const path = join(place.directory, 'locked/welcome.yaml');
    chmodSync(path, 0o444);
    const { code, out, err } = await run('locked', '--fix');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('is read-only');
    expect(readFileSync(path, 'utf8')).toBe(idle);
  });

  test('a byte-order mark stays', async () => {
    write('marked/welcome.yaml', `\ufeff${idle}`);
    await run('marked', '--fix');
    expect(readFileSync(join(place.directory, 'marked/welcome.yaml'), 'utf8')).toBe(`\ufeff${good}`);
  });
});

describe('the dry run', () => {
  const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields: { name: text, stage: { type: picklist, values: [Open, Lost] }, amount: number, reason: text }
    rules: [{ name: lost-needs-reason, refuse: [{ field: stage, eq: Lost }, { field: reason, empty: true }], message: Why? }]
`;
  const closing = `workflow: close
object: Deal
trigger: { on: update, fields: [amount] }
steps:
  - id: close
    update: record
    set: { stage: Lost }
`;
  const samples = (expected: string) => `samples:
  - name: no reason
    event: update
    record: { id: D1, stage: Open, amount: 5 }
    change: { amount: 200 }
${expected}`;

  beforeAll(() => {
    write('sim/flows/close.yaml', closing);
    write('sim/schema.yaml', schema);
    write('sim/samples.yaml', samples(''));
    write('sim/expected.yaml', samples('    expect: { status: failed }\n'));
    write('sim/wrong.yaml', 'samples:\n  - nam: x\n');
  });
  const words = ['sim/flows', '--schema', 'sim/schema.yaml', '--skip', 'maint-*'];

  test('a sample that fails is told with the rule that names the cause', async () => {
    const { exitCode, simulation, checks } = await report(...words, '--simulate', 'sim/samples.yaml');
    expect(exitCode).toBe(1);
    expect(simulation).toMatchObject([
      {
        name: 'no reason',
        status: 'failed',
        failure: { rule: 'workflow.action-violates-validation', step: 'close', line: 5 },
      },
    ]);
    expect(checks.at(-1)).toMatchObject({ id: 'workflow.simulate', status: 'fail' });
  });

  test('one that is expected to fail passes', async () => {
    expect((await run(...words, '--simulate', 'sim/expected.yaml')).code).toBe(0);
  });

  test('generated records find it without a sample', async () => {
    const { boundaries, exitCode } = await report(...words, '--boundaries');
    expect(boundaries?.tried).toBeGreaterThan(3);
    expect(boundaries?.failed.map(({ failure }) => failure?.rule)).toContain('workflow.action-violates-validation');
    expect(exitCode).toBe(0);
  });

  test('a file of samples that is wrong is a configuration error with its place', async () => {
    const { code, err } = await run(...words, '--simulate', 'sim/wrong.yaml');
    expect(code).toBe(2);
    expect(err).toMatch(/wrong\.yaml:2:\d+: /);
  });
});

describe('--map', () => {
  test.each([
    ['map.html', /^<!doctype html>/],
    ['map.json', /"schema": "crm-doctor\/workflow-map\/v1"/],
  ])('writes %s', async (file, has) => {
    expect((await run('good', '--map', file)).code).toBe(0);
    expect(readFileSync(join(place.directory, file), 'utf8')).toMatch(has);
  });

  test('where it cannot be written, that is said', async () => {
    const { code, err } = await run('good', '--map', 'nowhere/map.html');
    expect(code).toBe(2);
    expect(err).toMatch(/the map could not be written: .*map\.html: there is no such folder\n$/);
  });
});

describe('for other programs', () => {
  test('SARIF has one run, relative URIs and silenced findings as suppressions', async () => {
    write(
      'sarif/won.yaml',
      bad.replace('  - id: 経理へ', '  # crm-doctor-disable-next-line flow-unreachable-step -- agreed\n  - id: 経理へ'),
    );
    const { out } = await run('sarif', 'bad', '--format', 'sarif');
    const { runs } = JSON.parse(out) as {
      runs: {
        results: {
          ruleId: string;
          suppressions?: object[];
          locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
        }[];
      }[];
    };
    expect(runs).toHaveLength(1);
    const results = (runs[0]?.results ?? []).filter(({ ruleId }) => ruleId !== 'workflow.maint-description');
    const where = results.map(({ ruleId, suppressions, locations }) => {
      const physical = locations[0]?.physicalLocation;
      return [ruleId, physical?.artifactLocation.uri, physical?.region.startLine, suppressions?.length ?? 0];
    });
    expect(where).toContainEqual(['workflow.parse-syntax', 'bad/broken.yaml', 4, 0]);
    expect(where).toContainEqual(['workflow.flow-unreachable-step', 'bad/%E5%8F%97%E6%B3%A8.yaml', 6, 0]);
    expect(where).toContainEqual(['workflow.flow-unreachable-step', 'sarif/won.yaml', 7, 1]);
  });

  test('GitHub annotations stand at their lines', async () => {
    const { out } = await run('bad', '--format', 'github');
    expect(out).toMatch(/^::error file=bad\/broken\.yaml,line=4,/m);
    expect(out).toMatch(/^::warning file=bad\/受注\.yaml,line=6,/m);
  });

  test('JUnit has a suite a file', async () => {
    const { out } = await run('bad', '--format', 'junit');
    expect(out).toContain('<testsuite name="crm-doctor workflow bad/broken.yaml"');
    expect(out).toContain('file="bad/broken.yaml" line="4"');
  });
});

test('a recorded run can be shown again; without its files it is shown as it was recorded, and that is said', async () => {
  const { run: about } = await report('bad');
  const shown = await commandLine(['report', about.id, '--lang', 'en'], at);
  expect(shown.out).toContain('workflow.flow-unreachable-step');
  const file = join('state', 'crm-doctor', 'runs', `${about.id}.json`);
  const again = await commandLine(['report', '--from', file, '--lang', 'en'], at);
  expect(again.code).toBe(1);
  expect(again.out).toContain('workflow.flow-unreachable-step');
  expect(again.err).toContain('Nothing was diagnosed again');
});

describe('explain and checks know the rules', () => {
  test.each(['flow-unreachable-step', 'workflow.flow-unreachable-step'])('explain %s', async (id) => {
    const { code, out } = await commandLine(['explain', id, '--lang', 'ja'], { ...at, columns: 100 });
    expect(code).toBe(0);
    expect(out).toContain('[workflow.flow-unreachable-step]');
    expect(out).toContain('誤りの例');
    expect(out).toMatch(/^ {2}> /m);
  });

  test('checks lists them', async () => {
    const { out } = await commandLine(['checks', '--json'], at);
    const { rules, checks } = JSON.parse(out) as { rules: { id: string }[]; checks: { id: string }[] };
    expect(rules.map(({ id }) => id)).toContain('workflow.flow-unreachable-step');
    expect(checks.map(({ id }) => id)).toContain('workflow.lint');
  });
});
