import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { StartedMail } from '../../fixtures/scenario.ts';
import { crmSettings } from '../../fixtures/scenarios/crm-settings.scenario.ts';
import { workplace } from '../cli/command-line.ts';
import { personAt } from './person.ts';

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });

const here = workplace();
let started: StartedMail;
let env: Readonly<Record<string, string>>;
const people: ReturnType<typeof personAt>[] = [];
beforeAll(async () => {
  started = await crmSettings.start();
  const ca = join(here.directory, 'ca.pem');
  writeFileSync(ca, started.ca);
  env = { SSL_CERT_FILE: ca };
});
afterAll(async () => {
  for (const person of people) person.leave();
  await started.stop();
  here.remove();
});

test('a person who connects to the CRM is shown what is wrong with its own account', async () => {
  const { crm } = started;
  if (!crm) throw new Error('this scenario has a CRM');
  const person = personAt({ argv: ['mail'], language: 'ja', env });
  people.push(person);
  await person.until('どのような状態ですか');
  await person.choose('メールを受信できない');
  await person.until('いつからですか');
  await person.choose('わからない');
  await person.until('CRM のメール設定はわかりますか');
  await person.choose('CRM に接続して読み取る');
  await person.until('どの CRM ですか');
  await person.choose('demo');
  await person.until('CRM の URL');
  // A login in the address is refused, and asked for again.
  person.type('https://admin:x@crm.example\r');
  await person.until('ログイン情報は含めません');
  person.type(`\u0015${crm.config.url}\r`);
  await person.until('CRM のログイン名');
  person.press('enter');
  await person.until('データベース名');
  person.press('enter');
  await person.until('表示も保存もしません');
  person.type(`${crm.secret}\r`);
  // What the CRM itself says of its account, and the account tried from here.
  await person.until('「Sales」が失敗しています');
  await person.until('net.refused');
  await person.until('次にどうしますか');
  await person.choose('管理者に送る文章を作る');
  await person.until('ファイルに保存しますか');
  await person.choose('はい');
  await person.until('crm-doctor-request.txt');
  await person.until('次にどうしますか');
  // Its administrator corrects the port in the CRM.
  crm.apply(started.fixed);
  await person.choose('もう一度検査する');
  await person.until('直りました');
  await person.until('crm-doctor.yaml としてここに保存');
  await person.choose('はい');
  await person.until('保存しました: ./crm-doctor.yaml');
  await person.until("export CRM_SECRET='...'");
  await person.until('crm-doctor check');
  expect(await person.ended).toBe(0);
  expect(person.tooWide()).toEqual([]);
  const written = readFileSync(join(person.home, 'crm-doctor.yaml'), 'utf8');
  expect(written).toContain('type: demo');
  expect(written).toContain('${CRM_SECRET}');
  for (const form of [crm.secret, Buffer.from(crm.secret).toString('base64')]) {
    expect(person.raw()).not.toContain(form);
    for (const file of filesIn(person.home)) expect(readFileSync(file, 'utf8')).not.toContain(form);
  }
}, 300_000);
