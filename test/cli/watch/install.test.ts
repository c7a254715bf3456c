import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { parse, parseAllDocuments } from 'yaml';
import { type InstallKind, installKinds } from '../../../src/cli/watch/install/kinds.ts';
import type { Here } from '../../../src/cli/watch/install.ts';
import { install } from '../../../src/cli/watch/install.ts';
import type { Language } from '../../../src/model/text.ts';
import { againstReal } from '../../lab/against-real.ts';
import { ensureInstalled } from '../../lab/tools.ts';
import { commandLine, workplace } from '../command-line.ts';

const place = workplace();
afterAll(place.remove);

const write = (folder: string, file: string, text: string): string => {
  mkdirSync(join(place.directory, folder), { recursive: true });
  const path = join(place.directory, folder, file);
  writeFileSync(path, text);
  return path;
};

/** Signs that a shell, systemd, cron, XML or YAML would take for something. */
const nasty = `it's 100% "$HOME" & <b> \\ 山田`;

const config = (watch: string): string => `version: 1
watch:
${watch}
mail:
  address: crm@example.jp
  password: \${MAIL_PASSWORD}
  oauth: { provider: microsoft, clientId: x, tokenFile: ./tokens/token }
  smtp: { host: smtp.example.jp, passwordFile: ./secrets/smtp }
  imap: { host: imap.example.jp, password: hunter2-imap }
  # password: \${OLD_PASSWORD}
`;

const usual = config("  every: { mail.port: 5m, 'sync.*': '30 3 * * *' }\n  timeZone: Asia/Tokyo");
const plain = 'version: 1\nmail: { address: crm@example.jp, imap: { host: imap.example.jp } }\n';

// What it prints is run here in place of crm-doctor: it says how it was called.
const script = write(
  nasty,
  'crm-doctor.js',
  'console.error(JSON.stringify([process.argv.slice(2), process.env.TZ, process.env.MAIL_PASSWORD]));\n',
);

const here: Here = {
  node: process.execPath,
  script,
  platform: 'linux',
  user: 'root',
  machine: 'mars',
  home: '/root',
  timeZone: 'Europe/Berlin',
};

const printed = async (
  kind: InstallKind,
  file: string,
  { language = 'en', at = here, env = {} }: { language?: Language; at?: Here; env?: Record<string, string> } = {},
): Promise<string> => {
  let out = '';
  const stream = {
    write: (text: string) => {
      out += text;
    },
    isTTY: false,
    columns: 80,
  };
  const io = { out: stream, err: stream, env, cwd: place.directory, onInterrupt: () => () => {} };
  await install(
    kind,
    { config: file, runbook: join(place.directory, nasty, 'state') },
    { io, language, version: '1.2.3' },
    at,
  );
  return out;
};

const simple = write('simple', 'crm-doctor.yaml', usual);
const strange = write(nasty, 'crm-doctor.yaml', usual);
const bare = write('bare', 'crm-doctor.yaml', plain);
const state = join(place.directory, nasty, 'state');
const once = (file: string, language = 'en') => [
  'watch',
  '--once',
  '--config',
  file,
  '--runbook',
  state,
  '--lang',
  language,
];

describe.each(installKinds)('%s', (kind) => {
  test.each(['en', 'ja'] as const)('names the secrets, and holds no value of one (%s)', async (language) => {
    const text = await printed(kind, simple, { language, env: { MAIL_PASSWORD: 'hunter2-env' } });
    expect(text).toContain('MAIL_PASSWORD');
    expect(text).not.toContain('OLD_PASSWORD');
    expect(text).not.toMatch(/hunter2/);
    expect(text).toMatch(/watch.+--once/);
    // The comments are of one language only.
    if (language === 'en') expect(text.replaceAll(nasty, '')).not.toMatch(/[ぁ-んァ-ヶ]/);
    else expect(text).toMatch(/検査/);
  });

  test('without secrets of the environment, none is asked for', async () => {
    expect(await printed(kind, bare)).not.toMatch(/watch\.env|secret/i);
  });
});

test('a path with a line break, which would begin a line of its own, is refused', async () => {
  await expect(printed('cron', simple, { at: { ...here, script: '/opt/a\n* * * * * evil' } })).rejects.toThrow(
    'control character',
  );
});

test('the command prints it with the flags that change what is looked at', async () => {
  const flags = ['--only', 'mail.*', '--skip', 'mail.quota', '--offline', '--timeout', '5m', '--lang', 'ja'];
  const { code, out, err } = await commandLine(['watch', '--install', 'cron', '--config', simple, ...flags], {
    cwd: place.directory,
  });
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain("--lang ja --only 'mail.*' --skip mail.quota --offline --timeout 5m >/dev/null");
  expect(out).toContain(realpathSync(process.argv[1] ?? ''));
});

test.each([
  [['--install', 'systemctl'], 'github-actions'],
  [['--install', 'cron', '--once'], '--install'],
  [['--install', 'cron', '--json'], '--install'],
])('%j is refused', async (flags, words) => {
  const { code, out, err } = await commandLine(['watch', '--config', simple, ...flags], { cwd: place.directory });
  expect(code).toBe(2);
  expect(out + err).toContain(words);
});

test('a configuration that is not there is told', async () => {
  await expect(printed('cron', join(place.directory, 'none.yaml'))).rejects.toThrow();
});

/** The arguments of a command line as systemd reads it: quotes, C escapes, specifiers and variables (systemd.service(5)). */
const systemdArgs = (line: string): readonly string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) => {
    // Alone, each of the two would be replaced by something else.
    expect(quoted.replaceAll('%%', '').replaceAll('$$', '')).not.toMatch(/[%$]/);
    return quoted.replaceAll('%%', '%').replaceAll('$$', '$').replace(/\\(.)/g, '$1');
  });

describe('systemd', () => {
  /** The units that the script writes. */
  const units = async (file: string): Promise<{ service: string; timer: string; folder: string }> => {
    const folder = mkdtempSync(join(place.directory, 'units-'));
    const run = spawnSync('sh', [], {
      input: await printed('systemd', file),
      env: { ...process.env, UNITS: folder },
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).toEqual([0, '']);
    const of = (end: string) => readFileSync(join(folder, `crm-doctor-watch.${end}`), 'utf8');
    return { service: of('service'), timer: of('timer'), folder };
  };

  test('the script writes a service and its timer', async () => {
    const { service, timer } = await units(simple);
    expect(service).toContain(`"watch" "--once" "--config" "${simple}" "--runbook"`);
    expect(service).toContain('\nEnvironmentFile=/etc/crm-doctor/watch.env\n');
    expect(service).toContain('\nEnvironment="TZ=Asia/Tokyo"\n');
    expect(service).toContain(`"-${join(place.directory, 'simple', 'tokens')}"`);
    expect(timer).toContain('\nOnCalendar=*:0/5\n');
    expect((await units(bare)).service).not.toContain('EnvironmentFile');
  });

  test('signs of its own reach the program as they are', async () => {
    const { service } = await units(strange);
    const line = /^ExecStart=(.*)$/m.exec(service)?.[1] ?? '';
    expect(systemdArgs(line)).toEqual([process.execPath, script, ...once(strange)]);
  });

  againstReal('its own checks', ensureInstalled([['/usr/bin/systemd-analyze', 'systemd']]), () => {
    test.each([
      ['plain paths', simple],
      ['paths with signs of its own', strange],
    ])('accept both units with %s', async (_, file) => {
      const { folder } = await units(file);
      const files = ['service', 'timer'].map((end) => join(folder, `crm-doctor-watch.${end}`));
      const { status, stdout, stderr } = spawnSync(
        'systemd-analyze',
        ['verify', '--man=no', '--recursive-errors=no', ...files],
        { encoding: 'utf8' },
      );
      expect([status, stdout + stderr]).toEqual([0, '']);
    });

    test('and refuse them when a key is wrong', async () => {
      const { folder, service } = await units(simple);
      const file = join(folder, 'crm-doctor-watch.service');
      writeFileSync(file, service.replace('ProtectHome=read-only', 'ProtectHome=sometimes'));
      expect(spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' }).stderr).toContain(
        'protect home',
      );
    });

    test('the timer calls every five minutes', async () => {
      const { timer } = await units(simple);
      const calendar = /^OnCalendar=(.*)$/m.exec(timer)?.[1] ?? '';
      const text = execFileSync('systemd-analyze', ['calendar', '--iterations=3', calendar], {
        encoding: 'utf8',
        env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
      });
      const times = [...text.matchAll(/\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d)/g)].map(([, time]) => time);
      expect(times).toHaveLength(3);
      expect(times.every((time) => /^\d\d:\d[05]:00$/.test(time ?? ''))).toBe(true);
    });

    test('little of the machine is open to it', async () => {
      const { folder } = await units(simple);
      const { stdout } = spawnSync(
        'systemd-analyze',
        ['security', '--offline=yes', '--no-pager', join(folder, 'crm-doctor-watch.service')],
        { encoding: 'utf8' },
      );
      // Root with network access begins at 9.6 (UNSAFE).
      const exposure = Number(/exposure level[^:]*: ([\d.]+)/.exec(stdout)?.[1]);
      expect(exposure).toBeLessThan(4);
    });
  });
});

describe('cron', () => {
  const entry = (text: string): { readonly when: string; readonly command: string } => {
    const line = text.split('\n').find((one) => one !== '' && !one.startsWith('#')) ?? '';
    // Alone it would end the line.
    expect(line).not.toMatch(/(?<!\\)%/);
    const [, when = '', command = ''] = /^(\S+ \S+ \S+ \S+ \S+) (.*)$/.exec(line) ?? [];
    // cron takes the backslash away before it calls the shell (crontab(5)).
    return { when, command: command.replaceAll('\\%', '%') };
  };

  test.each([
    ['plain paths', simple],
    ['paths with signs of a shell', strange],
  ])('calls crm-doctor with its arguments, zone and secrets: %s', async (_, file) => {
    const envFile = write(`config-${nasty}/crm-doctor`, 'watch.env', 'MAIL_PASSWORD="p#w"\n');
    const at = { ...here, user: 'crm' };
    const { when, command } = entry(
      await printed('cron', file, { at, env: { XDG_CONFIG_HOME: join(envFile, '../..') } }),
    );
    expect(when).toBe('*/5 * * * *');
    const { status, stderr, stdout } = spawnSync('/bin/sh', ['-c', command], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin' },
    });
    expect([status, stdout]).toEqual([0, '']);
    expect(JSON.parse(stderr)).toEqual([once(file), 'Asia/Tokyo', 'p#w']);
  });

  againstReal('its own check', ensureInstalled([['/usr/bin/crontab', 'cron']]), () => {
    const check = (text: string) => {
      const file = join(place.directory, 'crontab');
      writeFileSync(file, text);
      return spawnSync('/usr/bin/crontab', ['-n', file], { encoding: 'utf8' });
    };

    test.each([simple, strange])('accepts the line', async (file) => {
      const { status, stderr } = check(await printed('cron', file));
      expect([status, stderr.replace(/The syntax of the crontab file was successfully checked.\n/, '')]).toEqual([
        0,
        '',
      ]);
    });

    test('and refuses one that is none', async () => {
      expect(check((await printed('cron', simple)).replace('*/5 *', '*/5 25')).status).toBe(1);
    });
  });
});

/** An XML file as path and text of its elements. */
const elementsOf = (xml: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const path: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => path.push(name));
  parser.on('text', (text) => {
    const key = path.slice(1).join('/');
    if (text.trim() !== '') found.set(key, (found.get(key) ?? '') + text);
  });
  parser.on('closetag', () => path.pop());
  parser.write(xml).close();
  return found;
};

/** As a Windows program gets its arguments (CommandLineToArgvW). */
const windowsArgs = (line: string): readonly string[] => {
  const args: string[] = [];
  const part = /\s*((?:[^\s"\\]|\\+(?!\\*")|(?:\\\\)*\\"|(?:\\\\)*"(?:[^"\\]|\\+(?!\\*")|(?:\\\\)*\\")*(?:\\\\)*")+)/gy;
  for (const [, word = ''] of line.matchAll(part)) {
    let text = '';
    for (let at = 0; at < word.length; at += 1) {
      const [, slashes = '', quote] = /^(\\*)("?)/.exec(word.slice(at)) ?? [];
      if (quote) {
        text += '\\'.repeat(Math.floor(slashes.length / 2)) + (slashes.length % 2 === 1 ? '"' : '');
        at += slashes.length;
      } else if (slashes !== '') {
        text += slashes;
        at += slashes.length - 1;
      } else text += word[at];
    }
    args.push(text);
  }
  return args;
};

describe('windows', () => {
  const at: Here = {
    ...here,
    node: 'C:\\Program Files\\nodejs\\node.exe',
    script: 'C:\\Users\\山田 & <b>\\crm-doctor.js',
    platform: 'win32',
    user: 'PC\\山田',
  };

  test.each(['en', 'ja'] as const)(
    'is a task that runs once at a time, also on battery and after it was off (%s)',
    async (language) => {
      const xml = await printed('windows', strange, {
        at,
        language,
        env: { LOCALAPPDATA: 'C:\\Users\\山田\\AppData\\Local' },
      });
      const task = elementsOf(xml);
      expect(Object.fromEntries([...task].filter(([path]) => /Settings|Trigger|Principal/.test(path)))).toEqual({
        'Triggers/TimeTrigger/Repetition/Interval': 'PT5M',
        'Triggers/TimeTrigger/Repetition/StopAtDurationEnd': 'false',
        'Triggers/TimeTrigger/StartBoundary': '2026-01-01T00:00:00',
        'Triggers/TimeTrigger/Enabled': 'true',
        'Triggers/TimeTrigger/RandomDelay': 'PT60S',
        'Principals/Principal/UserId': 'PC\\山田',
        'Principals/Principal/LogonType': 'S4U',
        'Principals/Principal/RunLevel': 'LeastPrivilege',
        'Settings/MultipleInstancesPolicy': 'IgnoreNew',
        'Settings/DisallowStartIfOnBatteries': 'false',
        'Settings/StopIfGoingOnBatteries': 'false',
        'Settings/StartWhenAvailable': 'true',
        'Settings/RunOnlyIfNetworkAvailable': 'false',
        'Settings/Enabled': 'true',
        'Settings/ExecutionTimeLimit': 'PT0S',
        'Settings/Priority': '7',
      });
      expect(task.get('Actions/Exec/Command')).toBe(at.node);
      expect(windowsArgs(task.get('Actions/Exec/Arguments') ?? '')).toEqual([
        expect.stringMatching(/^--env-file=C:\\Users\\山田\\AppData\\Local.crm-doctor.watch\.env$/),
        at.script,
        ...once(strange, language),
      ]);
      expect(task.get('RegistrationInfo/Description')).toContain('MAIL_PASSWORD');
      // Whatever an encoding does to the comments, the elements stay as they are.
      expect(xml.slice(xml.indexOf('<Task'))).toMatch(/^[\n\x20-\x7e]*$/);
    },
  );
});

test('a path that ends with a backslash does not swallow the quote behind it', async () => {
  const ends = { ...here, script: 'C:\\a folder\\' };
  const line = elementsOf(await printed('windows', bare, { at: ends })).get('Actions/Exec/Arguments') ?? '';
  expect(windowsArgs(line).slice(0, 3)).toEqual([ends.script, 'watch', '--once']);
});

describe('github-actions', () => {
  test('is a workflow that keeps its state and gets its secrets', async () => {
    const file = write('repository/ops', 'crm-doctor.yaml', usual);
    mkdirSync(join(place.directory, 'repository', '.git'), { recursive: true });
    const text = await printed('github-actions', file);
    const workflow = parse(text);
    expect(workflow.on.schedule[0].cron).toMatch(/^\d+(,\d+){11} \* \* \* \*$/);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.concurrency).toEqual({ group: 'crm-doctor-watch', 'cancel-in-progress': false });
    const { steps } = workflow.jobs.watch;
    expect(steps.map((step: { uses?: string; run?: string }) => step.uses ?? step.run)).toEqual([
      'actions/checkout@v5',
      'actions/setup-node@v5',
      'npm install --global crm-doctor@1.2.3',
      'actions/cache/restore@v4',
      'crm-doctor watch --once --config ops/crm-doctor.yaml --runbook .crm-doctor-state --lang en || [ $? -eq 1 ]',
      'actions/cache/save@v4',
    ]);
    expect(steps[4].env).toEqual({ TZ: 'Asia/Tokyo', MAIL_PASSWORD: '${{ secrets.MAIL_PASSWORD }}' });
    expect(steps[5].if).toBe('always()');
    expect(steps[3].with).toEqual({
      path: '.crm-doctor-state',
      key: steps[5].with.key,
      'restore-keys': 'crm-doctor-watch-',
    });
    expect(steps[5].with.key.startsWith('crm-doctor-watch-')).toBe(true);
    expect(text).toContain(join(place.directory, 'repository/ops/secrets/smtp'));
  });
});

describe('kubernetes', () => {
  test.each(['en', 'ja'] as const)(
    'is a volume and a CronJob that refer to configuration and secrets (%s)',
    async (language) => {
      const text = await printed('kubernetes', strange, { language });
      const documents = parseAllDocuments(text);
      expect(documents.flatMap((one) => ('errors' in one ? one.errors : []))).toEqual([]);
      const [claim, job] = documents.map((one) => ('toJS' in one ? one.toJS() : undefined));
      expect([claim.apiVersion, claim.kind, claim.spec.accessModes]).toEqual([
        'v1',
        'PersistentVolumeClaim',
        ['ReadWriteOnce'],
      ]);
      expect([job.apiVersion, job.kind]).toEqual(['batch/v1', 'CronJob']);
      const { jobTemplate, ...spec } = job.spec;
      expect(spec).toEqual({
        schedule: '*/5 * * * *',
        timeZone: 'Asia/Tokyo',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 300,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
      });
      const pod = jobTemplate.spec.template.spec;
      expect([jobTemplate.spec.backoffLimit, pod.restartPolicy, pod.automountServiceAccountToken]).toEqual([
        0,
        'Never',
        false,
      ]);
      const [container] = pod.containers;
      const [shell, flag, program, ...args] = container.command;
      const called = [
        'watch',
        '--once',
        '--config',
        '/etc/crm-doctor/crm-doctor.yaml',
        '--runbook',
        '/var/lib/crm-doctor',
      ];
      expect(args).toEqual(['watch', 'npx', '--yes', 'crm-doctor@1.2.3', ...called, '--lang', language]);
      // Problems that were found are no fault of the job; that it could not look is one.
      const ends = (code: number) => spawnSync(shell, [flag, program, 'watch', 'sh', '-c', `exit ${code}`]).status;
      expect([0, 1, 2, 3].map(ends)).toEqual([0, 0, 1, 1]);
      expect(container.envFrom).toEqual([{ secretRef: { name: 'crm-doctor-watch' } }]);
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(
        container.volumeMounts.map((mount: { name: string; mountPath: string }) => [mount.name, mount.mountPath]),
      ).toEqual([
        ['config', '/etc/crm-doctor'],
        ['state', '/var/lib/crm-doctor'],
        ['tmp', '/tmp'],
      ]);
      expect(pod.volumes).toEqual([
        { name: 'config', configMap: { name: 'crm-doctor-watch' } },
        { name: 'state', persistentVolumeClaim: { claimName: claim.metadata.name } },
        { name: 'tmp', emptyDir: {} },
      ]);
      expect(text).toContain(`--from-file=crm-doctor.yaml='${strange.replaceAll("'", `'\\''`)}'`);
    },
  );
});
