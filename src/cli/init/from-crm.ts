import { resolve } from 'node:path';
import { mailboxesOf, newCrmConfigText } from '../../config/new-crm-config.ts';
import { readConfigText } from '../../config/read.ts';
import type { SecretSource } from '../../model/config.ts';
import type { CrmConfig } from '../../model/crm/subject.ts';
import { crmSubjectsOf } from '../../model/crm/subject.ts';
import type { Report } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import { reporters } from '../../report/reporters.generated.ts';
import { tell } from '../apply-output.ts';
import { askChoice, askSecret, canAsk } from '../ask.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { deliver, renderOptions } from '../deliver.ts';
import { formatsOf } from '../flags.ts';
import { openWorld } from '../open-world.ts';
import { recordedFile } from '../recorded-file.ts';
import { perform } from '../session.ts';
import type { Performed } from '../task.ts';
import { createFile, replaceWhole } from './file.ts';
import type { CrmFlags, InitFlags } from './flags.ts';
import type { Place } from './questions.ts';
import { placeOf } from './questions.ts';

const secretId = 'crm.secret';
const usualVariable = 'CRM_SECRET';

/** Hosts of services that are nobody else's. */
const hosts: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/\.odoo\.com$/, 'odoo'],
  [/\.(salesforce|force)\.com$/, 'salesforce'],
  [/^api\.hubapi\.com$|\.hubspot\.com$/, 'hubspot'],
  [/\.zohoapis\.[a-z.]+$|^crm\.zoho\.[a-z.]+$/, 'zoho'],
  [/\.dynamics\.com$/, 'dynamics'],
  [/\.pipedrive\.com$/, 'pipedrive'],
  [/\.(cybozu|kintone)\.com$|\.cybozu\.cn$/, 'kintone'],
  [/\.twenty\.com$/, 'twenty'],
  [/\.frappe\.cloud$|\.erpnext\.com$/, 'frappe'],
];

const typesOf = async (): Promise<readonly string[]> =>
  Object.keys((await import('../../crm/connectors.generated.ts')).connectors);

const urlOf = (given: string): string => {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '') {
    return text.replace(/\/+$/, '');
  }
  throw new UsageError({
    en: '--crm takes the address of the CRM as a person opens it, without a login in it: https://crm.example.co.jp',
    ja: '--crm には、ブラウザーで開く CRM のアドレスを指定してください（ログイン情報は含めない）: https://crm.example.co.jp',
  });
};

const typeOf = async (url: string, flags: InitFlags & CrmFlags, context: Context): Promise<string> => {
  const types = await typesOf();
  const given = flags.crmType?.toLowerCase();
  if (given !== undefined) {
    if (types.includes(given)) return given;
    throw new UsageError({
      en: `--crm-type ${given}: no such CRM is known; known are ${types.join(', ')}`,
      ja: `--crm-type ${given} という CRM には対応していません。指定できるのは ${types.join('、')} です`,
    });
  }
  const { hostname } = new URL(url);
  const own = hosts.find(([pattern]) => pattern.test(hostname))?.[1];
  if (own !== undefined && types.includes(own)) return own;
  if (!canAsk(flags, context)) {
    throw new UsageError({
      en: `say which CRM it is: --crm-type ${types.join('|')}`,
      ja: `CRM の種類を指定してください: --crm-type ${types.join('|')}`,
    });
  }
  const question = { en: 'Which CRM is it?', ja: 'どの CRM ですか？' };
  return askChoice(
    question,
    types.map((value) => ({ value, name: { en: value, ja: value } })),
    context,
  );
};

const secretOf = async (flags: CrmFlags & InitFlags, is: Text, context: Context): Promise<SecretSource | undefined> => {
  const name = flags.crmSecretEnv ?? usualVariable;
  const value = context.io.env[name];
  if (value !== undefined) return { kind: 'value', value };
  if (flags.crmSecretEnv !== undefined) {
    throw new UsageError({
      en: `the environment variable ${name} is not set`,
      ja: `環境変数 ${name} が設定されていません`,
    });
  }
  if (!canAsk(flags, context)) {
    throw new UsageError({
      en: `put the ${is.en} into the environment variable ${usualVariable}, or name another with --crm-secret-env`,
      ja: `${is.ja}を環境変数 ${usualVariable} に設定するか、--crm-secret-env で別の変数名を指定してください`,
    });
  }
  const typed = await askSecret({ en: `The ${is.en} (not shown)`, ja: `${is.ja}（表示されません）` }, context);
  return typed === '' ? undefined : { kind: 'value', value: typed };
};

const write = async (
  place: Place,
  text: string,
  run: string,
  flags: InitFlags,
  context: Context,
): Promise<string | undefined> => {
  if (place.kind === 'stdout') return undefined;
  const { file, replace } = place;
  const done = await recordedFile(
    { by: 'init', run, where: file },
    () => (replace ? replaceWhole(file, text, run) : createFile(file, text)),
    flags,
    context,
  );
  if (done.kind === 'written') return place.file;
  tell(done.text, context);
  return undefined;
};

/** From the address of a CRM to a configuration with the CRM and the mailboxes that it has set. */
export const initFromCrm = async (given: string, flags: InitFlags & CrmFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const url = urlOf(given);
  const type = await typeOf(url, flags, context);
  const place = await placeOf(flags, context);
  if (place === 'declined') {
    tell({ en: 'nothing was written', ja: '何も書き込んでいません' }, context);
    return 3;
  }
  const { connectors } = await import('../../crm/connectors.generated.ts');
  const connector = await connectors[type]?.();
  const source = await secretOf(flags, connector?.secretIs ?? { en: 'secret', ja: '秘密の値' }, context);
  const config: CrmConfig = {
    type,
    url,
    ...(source ? { secret: { secret: secretId } } : {}),
    ...(flags.crmUser === undefined ? {} : { username: flags.crmUser }),
    ...(flags.crmDatabase === undefined ? {} : { database: flags.crmDatabase }),
    ...(flags.ca === undefined ? {} : { ca: resolve(io.cwd, flags.ca) }),
  };
  const subjects = crmSubjectsOf(config);
  const [subject] = subjects;
  if (!subject) throw new Error('one configuration is one subject');
  const sources = new Map<string, SecretSource>(source ? [[secretId, source]] : []);
  const opened = await openWorld(sources, { subjects });
  const present = async (report: Report, path: string | undefined): Promise<Performed> => {
    const formats = formatsOf(flags, Object.keys(reporters));
    const { signal } = new AbortController();
    // What was asked in the run is not asked anew; where it did not let us in, or was cut off, nothing more is asked.
    const entered =
      !report.run.interrupted && report.checks.some(({ id, status }) => id === 'crm.connect' && status === 'pass');
    const mail = entered ? await opened.crm.ask(subject, 'mail', signal) : undefined;
    const code = await deliver(
      report,
      // The configuration has the standard output for itself.
      place.kind === 'stdout' ? formats.filter(({ file }) => file !== undefined) : formats,
      renderOptions(flags, context, path),
      context,
    );
    if (!entered) {
      tell(
        {
          en: 'the CRM did not let us in, so nothing was written',
          ja: 'CRM にログインできなかったため、何も書き込んでいません',
        },
        context,
      );
      return { report, code: code === 0 ? 3 : code };
    }
    const mailboxes = mail?.kind === 'answered' ? mailboxesOf(mail.value.accounts) : [];
    const secretVariable = flags.crmSecretEnv ?? usualVariable;
    const at = new Date().toISOString();
    const text = newCrmConfigText({ crm: config, secretVariable, mailboxes, at }, language);
    const variables = [secretVariable, ...mailboxes.flatMap(({ variable }) => variable ?? [])];
    // What is written is what a run will read.
    readConfigText(text, `${io.cwd}/crm-doctor.yaml`, {
      ...io.env,
      ...Object.fromEntries(variables.map((name) => [name, 'x'])),
    });
    if (place.kind === 'stdout') {
      io.out.write(text);
      return { report, code };
    }
    const file = await write(place, text, report.run.id, flags, context);
    if (file === undefined) return { report, code: code === 1 ? 1 : 2 };
    const unset = variables.filter((name) => io.env[name] === undefined);
    tell({ en: `${file} was written`, ja: `${file} を作成しました` }, context);
    if (mailboxes.length === 0) {
      tell(
        {
          en: 'the CRM tells of no mail account with an address, so the file has no mail: section; `crm-doctor init ADDRESS` finds the servers of one',
          ja: 'アドレスのあるメールアカウントを CRM から取得できないため、mail: の設定はありません。サーバーを探すには `crm-doctor init アドレス` を使います',
        },
        context,
      );
    }
    if (unset.length > 0) {
      tell(
        {
          en: `put into the environment first: ${unset.join(', ')} (the CRM does not hand out passwords)`,
          ja: `先に環境変数を設定してください: ${unset.join('、')}（CRM はパスワードを渡しません）`,
        },
        context,
      );
    }
    tell({ en: 'next: crm-doctor check', ja: '次のコマンド: crm-doctor check' }, context);
    return { report, code };
  };
  try {
    const { code } = await perform(
      { command: 'init', target: subject.label, subjects, sources, opened, offline: false, keep: true, present },
      flags,
      context,
    );
    return code;
  } finally {
    await opened.crm.close();
  }
};
