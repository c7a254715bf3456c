import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { StartedMail } from '../../fixtures/scenario.ts';
import { mailScenarios } from '../../fixtures/scenarios.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
afterAll(place.remove);

let started: StartedMail | undefined;
afterEach(async () => {
  await started?.stop();
  started = undefined;
});

/** Starts a scenario and writes its configuration, with the password in the environment. */
const prepare = async (
  name: string,
  over: (mail: Record<string, unknown>) => Record<string, unknown> = (mail) => mail,
) => {
  const scenario = mailScenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(name);
  started = await scenario.start();
  const { password, ...mail } = started.config.mail;
  writeFileSync(join(place.directory, 'ca.pem'), started.ca);
  const { crm } = started;
  const config = {
    version: 1,
    mail: over({ ...mail, password: '${DEMO_PASSWORD}', ca: './ca.pem' }),
    ...(crm ? { crm: { ...crm.config, secret: '${DEMO_SECRET}', ca: './ca.pem' } } : {}),
  };
  writeFileSync(join(place.directory, 'crm-doctor.yaml'), JSON.stringify(config));
  return { cwd: place.directory, env: { DEMO_PASSWORD: password, DEMO_SECRET: crm?.secret ?? '' }, scenario: started };
};

const validate = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../schema/crm-doctor-report.v1.json', import.meta.url), 'utf8')),
);

const everythingWritten = (directory: string): string =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'crm-doctor.yaml')
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'latin1'))
    .join('\n');

describe('crm-doctor mail on embedded servers', () => {
  test.each(mailScenarios.map(({ name }) => [name] as const))(
    '%s: the root cause is named first and alone',
    async (name) => {
      const { scenario, ...at } = await prepare(name);
      const { code, out, err } = await commandLine([scenario.crm ? 'check' : 'mail', '--json'], at);
      const report = JSON.parse(out) as Report;
      expect(validate(report) ? [] : validate.errors).toEqual([]);
      expect(report.diagnoses.map(({ cause }) => cause)).toEqual(scenario.causes);
      expect(report.diagnoses[0]?.fix.change).toEqual(scenario.fixed);
      expect(report.diagnoses[0]?.proof.status).toBe(scenario.fixed.length > 0 ? 'proven' : 'not-tried');
      expect({ code, err, exitCode: report.exitCode, unexplained: report.unexplained }).toEqual({
        code: 1,
        err: '',
        exitCode: 1,
        unexplained: [],
      });
    },
  );

  test.each(['en', 'ja'])('the text in %s ends with verdict, report path and exit code', async (lang) => {
    const at = await prepare('wrong-security');
    const { out } = await commandLine(['mail', '--lang', lang], at);
    expect(out).toContain('config.security-mismatch');
    expect(out.replaceAll('\n', ' ')).toContain(lang === 'ja' ? '異常あり' : 'NOT OK');
    expect(out).toMatch(/runs\/[0-9TZ-]+[a-f0-9-]+\.json/);
  });

  test('the password is in nothing that was written, in any encoding', async () => {
    const { env, ...at } = await prepare('username-form');
    const { out, err } = await commandLine(['mail', '--json', '--verbose'], { ...at, env });
    const text = `${out}\n${err}\n${everythingWritten(place.directory)}`;
    const secret = env.DEMO_PASSWORD;
    const forms = [
      secret,
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('hex'),
      encodeURIComponent(secret),
    ];
    for (const user of ['sales', 'sales@kumo-shoji.example']) {
      forms.push(Buffer.from(`\0${user}\0${secret}`).toString('base64'));
    }
    for (const form of forms) expect(text).not.toContain(form);
  });

  test('saved evidence is diagnosed again elsewhere with the same result, trials included', async () => {
    const at = await prepare('wrong-security');
    const first = JSON.parse((await commandLine(['mail', '--json'], at)).out) as Report;
    await started?.stop();
    started = undefined;
    const file = join(place.directory, 'state', 'crm-doctor', 'runs', `${first.run.id}.json`);
    const again = JSON.parse(
      (await commandLine(['report', '--from', file, '--json'], { cwd: place.directory })).out,
    ) as Report;
    expect(again.diagnoses).toEqual(first.diagnoses);
    expect(again.checks.map(({ id, target, status }) => [id, target, status])).toEqual(
      first.checks.map(({ id, target, status }) => [id, target, status]),
    );
  });

  test('a run of some checks only is diagnosed again with the same ones; others are unknown, and no error of ours', async () => {
    const at = await prepare('wrong-security');
    const first = JSON.parse((await commandLine(['mail', '--only', 'mail.port', '--json'], at)).out) as Report;
    await started?.stop();
    started = undefined;
    const file = join(place.directory, 'state', 'crm-doctor', 'runs', `${first.run.id}.json`);
    const again = async (...more: readonly string[]) =>
      JSON.parse((await commandLine(['report', '--from', file, '--json', ...more], { cwd: place.directory })).out);
    const shown = ({ checks, exitCode }: Report) => [exitCode, checks.map(({ id, status }) => `${id} ${status}`)];
    expect(shown(await again())).toEqual(shown(first));
    const wider: Report = await again('--only', 'mail.imap-auth');
    expect(wider.checks.filter(({ id }) => id === 'mail.imap-auth')).toMatchObject([
      { status: 'unknown', summary: expect.stringContaining('saved evidence') },
    ]);
    expect(wider.checks.filter(({ status }) => status === 'error')).toEqual([]);
  });

  test('a recorded run can be rendered again in another format', async () => {
    const at = await prepare('certificate-expired');
    await commandLine(['mail', '--quiet'], at);
    const { code, out } = await commandLine(['report', 'last', '--format', 'junit'], at);
    expect(code).toBe(1);
    expect(out).toContain('<testsuites');
    const { out: listed } = await commandLine(['runbook', 'list'], at);
    expect(listed).toContain('tls.certificate-expired');
  });

  test('an interruption keeps what was seen, says so, and exits 130', async () => {
    const at = await prepare('wrong-security');
    const { code, out } = await commandLine(['mail', '--json'], {
      ...at,
      onInterrupt: (hear) => {
        hear('SIGINT');
        return () => {};
      },
    });
    const report = JSON.parse(out) as Report;
    expect({ code, exitCode: report.exitCode, interrupted: report.run.interrupted }).toEqual({
      code: 130,
      exitCode: 130,
      interrupted: 'SIGINT',
    });
    expect(report.status).not.toBe('pass');
  });

  test('flags alone describe a mailbox, without any file', async () => {
    const { scenario, env } = await prepare('wrong-security');
    const { address, smtp } = scenario.config.mail;
    const argv = [
      'mail',
      address,
      '--smtp',
      `${smtp?.host}:${smtp?.port}/tls`,
      '--password-env',
      'DEMO_PASSWORD',
      '--ca',
      'ca.pem',
      '--json',
    ];
    const report = JSON.parse((await commandLine(argv, { cwd: place.directory, env })).out) as Report;
    expect(report.diagnoses.map(({ cause }) => cause)).toEqual(['config.security-mismatch']);
  });

  test('--send finds its message and takes it away again', async () => {
    const at = await prepare('wrong-security', (mail) => ({
      ...mail,
      smtp: { ...(mail.smtp as object), security: 'starttls' },
    }));
    const { code, out } = await commandLine(['mail', '--send', '--json'], at);
    const report = JSON.parse(out) as Report;
    const trip = report.checks.find(({ id }) => id === 'mail.round-trip');
    expect({ code, status: trip?.status }).toEqual({ code: 0, status: 'pass' });
    expect(trip?.evidence[0]).toMatchObject({ removed: true, found: { subjectIntact: true, bodyIntact: true } });
  });

  test('--dry-run contacts nobody', async () => {
    const { scenario, ...at } = await prepare('wrong-security');
    const { code, out } = await commandLine(['mail', '--dry-run'], at);
    expect({ code, says: out.includes(`smtp ${scenario.config.mail.smtp?.host}`) }).toEqual({ code: 0, says: true });
    expect(readdirSync(place.directory)).toContain('crm-doctor.yaml');
  });

  test.each(['--smtp', '--username', '--password-env'])('%s beside a file is refused, not ignored', async (flag) => {
    const at = await prepare('wrong-security');
    const { code, err } = await commandLine(['mail', flag, 'x', '--dry-run'], { ...at, columns: 400 });
    expect({ code, says: err.includes(`${flag} describes a mailbox without a file`) }).toEqual({ code: 2, says: true });
  });
});

describe('crm-doctor demo', () => {
  test.each(['en', 'ja'])('tells the story, finds the cause and shows the mended run in %s', async (lang) => {
    const { code, out } = await commandLine(['demo', '--lang', lang], { cwd: place.directory });
    expect(code).toBe(0);
    expect(out).toContain('config.security-mismatch');
    expect(out).toContain('mail.smtp.security');
  });
});
