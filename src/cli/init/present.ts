import { dirname } from 'node:path';
import { mailFromFlags } from '../../config/mail-flags.ts';
import type { NewOAuth, NewPassword } from '../../config/new-config.ts';
import { newConfigText } from '../../config/new-config.ts';
import { readConfigText } from '../../config/read.ts';
import type { MailConfig, Protocol } from '../../model/config.ts';
import type { Subject } from '../../model/mailbox.ts';
import type { Report } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import { reporters } from '../../report/reporters.generated.ts';
import { tell } from '../apply-output.ts';
import type { Context } from '../command.ts';
import { deliver, renderOptions } from '../deliver.ts';
import type { Detected, TriedDoor } from '../detection.ts';
import { formatsOf } from '../flags.ts';
import { recordedFile } from '../recorded-file.ts';
import type { Performed } from '../task.ts';
import { createFile, replaceWhole } from './file.ts';
import type { InitFlags } from './flags.ts';
import type { Proposed } from './proposal.ts';
import { groundsOf, initReport, newConfigOf, pathIn, proposedIn } from './proposal.ts';
import type { Place, Way } from './questions.ts';
import { tokenFile } from './questions.ts';
import type { Settled } from './settle.ts';
import { resultBlock, shortPath } from './show.ts';

export type Chosen = Readonly<Partial<Record<Protocol, TriedDoor>>>;

/** Everything that was found and agreed before the mailbox was tried. */
export interface Made {
  readonly way: Way;
  readonly place: Place;
  readonly detected: Detected;
  readonly chosen: Chosen;
}

/** The id of the mailbox's password, as a configuration file gives it. */
export const secret = 'mail.password';
const variable = 'MAIL_PASSWORD';

/** The folder that paths in the configuration are relative to. */
export const folderOf = ({ place }: Pick<Made, 'place'>, { io }: Context): string =>
  place.kind === 'file' ? dirname(place.file) : io.cwd;

export const oauthOf = ({ provider, clientId }: Way & { readonly kind: 'oauth' }): NewOAuth => ({
  provider,
  ...(clientId === undefined ? {} : { clientId, tokenFile: `./${tokenFile}` }),
});

/** A mailbox that the CRM can send from and fetch from. */
export const complete = ({ smtp, imap, pop3 }: MailConfig): boolean =>
  smtp !== undefined && (imap ?? pop3) !== undefined;

const passwordIn = (flags: InitFlags, folder: string, { way }: Made, { io }: Context): NewPassword | undefined => {
  if (flags.passwordFile !== undefined) {
    const { secrets } = mailFromFlags({ address: 'a@b.test', passwordFile: flags.passwordFile }, io.env, io.cwd);
    const source = secrets.get(secret);
    return source?.kind === 'file' ? { kind: 'file', file: pathIn(folder, source.file) } : undefined;
  }
  if (flags.passwordEnv !== undefined) return { kind: 'variable', name: flags.passwordEnv };
  return way.kind === 'oauth' ? undefined : { kind: 'variable', name: variable };
};

const noteOf = ({ detected }: Made): readonly Text[] => {
  const { provider } = detected;
  if (!provider?.provider.note) return [];
  const { name, note } = provider.provider;
  return [{ en: `${name.en}: ${note.en}`, ja: `${name.ja}: ${note.ja}` }];
};

/** The text of the file: what was seen to work, and with --force what was not. */
const textOf = (
  made: Made,
  subject: Subject,
  written: readonly Proposed[],
  flags: InitFlags,
  context: Context,
): string => {
  const folder = folderOf(made, context);
  const password = passwordIn(flags, folder, made, context);
  const config = newConfigOf({
    config: subject.config,
    proposed: written,
    ...(password ? { password } : {}),
    ...(made.way.kind === 'oauth' ? { oauth: oauthOf(made.way) } : {}),
    folder,
    at: new Date().toISOString(),
    notes: noteOf(made),
  });
  const text = newConfigText(config, context.language);
  // What is written is what a run will read; a variable that is not set yet does not matter for that.
  readConfigText(text, `${folder}/crm-doctor.yaml`, { ...context.io.env, [variable]: 'x' });
  return text;
};

const nextSteps = (made: Made, report: Report, flags: InitFlags, { io }: Context): readonly Text[] => {
  const services = report.init?.services ?? [];
  if (report.init?.file === undefined && made.place.kind === 'file') {
    return [
      {
        en: 'Nothing that was not seen to work is written. Mend what is named above and run init again, name the servers with --smtp and --imap, or insist with --force.',
        ja: '動作を確認できない設定は書き込みません。上に示した点を直してからもう一度実行するか、--smtp と --imap でサーバーを指定するか、--force で強制的に書き込んでください。',
      },
    ];
  }
  const unset =
    made.way.kind !== 'oauth' &&
    flags.passwordFile === undefined &&
    io.env[flags.passwordEnv ?? variable] === undefined;
  const name = flags.passwordEnv ?? variable;
  const file =
    made.place.kind === 'file' && !/crm-doctor\.yaml$/.test(made.place.file)
      ? ` --config ${shortPath(io.cwd, made.place.file)}`
      : '';
  return [
    ...(unset
      ? [
          {
            en: `Put the password into the environment first: export ${name}=… (the file only names the variable)`,
            ja: `先に環境変数へパスワードを設定してください: export ${name}=…（ファイルには変数名だけが書かれています）`,
          },
        ]
      : []),
    ...(made.way.kind === 'oauth' && made.way.clientId === undefined
      ? [
          {
            en: 'For the OAuth login, register an app with the provider and enter its clientId in the file, then: crm-doctor mail --login',
            ja: 'OAuth でログインするには、プロバイダーにアプリを登録し、その clientId をファイルに書いてから crm-doctor mail --login を実行してください。',
          },
        ]
      : []),
    ...(made.way.kind === 'oauth' && made.way.clientId !== undefined && !made.way.signIn
      ? [
          {
            en: 'To sign in once and prove the login: crm-doctor mail --login',
            ja: '一度サインインしてログインを確かめるには: crm-doctor mail --login',
          },
        ]
      : []),
    ...(services.some(({ written, state }) => written && state === 'failed')
      ? [
          {
            en: 'Some of it was not proven; the file says so.',
            ja: '動作を確認できていない設定が含まれています（ファイルにも記載しました）。',
          },
        ]
      : []),
    { en: `Next: crm-doctor mail${file}`, ja: `次のコマンド: crm-doctor mail${file}` },
  ];
};

const exitOf = (report: Report, proposed: readonly Proposed[], config: MailConfig): number => {
  if (report.exitCode === 1 || !complete(config) || proposed.some(({ state }) => state === 'failed')) return 1;
  if (report.exitCode !== 0 || proposed.some(({ state }) => state === 'reached')) return 3;
  return 0;
};

const statusOf = (code: number, report: Report): Report['status'] => {
  if (code === 1) return 'fail';
  return code === 3 && report.status !== 'error' ? 'unknown' : report.status;
};

/** Writes the file, and shows what came of it all. */
export const present = async (
  made: Made,
  { report: raw, subject }: Settled,
  flags: InitFlags,
  context: Context,
  path: string | undefined,
): Promise<Performed> => {
  const { io, language } = context;
  const proposed = proposedIn(raw, subject, groundsOf(made.chosen));
  const written = raw.run.interrupted ? [] : proposed.filter(({ state }) => state !== 'failed' || flags.force === true);
  const text = written.length === 0 ? undefined : textOf(made, subject, written, flags, context);
  let file: string | undefined;
  let refused = false;
  if (text !== undefined && made.place.kind === 'file') {
    const { place } = made;
    const { id: run } = raw.run;
    const done = await recordedFile(
      { by: 'init', run, where: place.file },
      () => (place.replace ? replaceWhole(place.file, text, run) : createFile(place.file, text)),
      flags,
      context,
    );
    if (done.kind === 'written') file = place.file;
    else {
      refused = true;
      tell(done.text, context);
    }
  }
  const base = exitOf(raw, proposed, subject.config);
  // Whoever asked for a file and did not get it must not take the exit code for a success.
  const code = refused && base !== 1 ? 2 : base;
  const report: Report = {
    ...raw,
    status: raw.run.interrupted ? raw.status : statusOf(base, raw),
    exitCode: raw.run.interrupted ? raw.exitCode : code,
    init: initReport(
      {
        detected: made.detected,
        proposed,
        written: file === undefined && made.place.kind === 'file' ? [] : written,
        ...(file === undefined ? {} : { file }),
        ...(text === undefined ? {} : { config: text }),
      },
      language,
    ),
  };
  const formats = formatsOf(flags, Object.keys(reporters));
  const options = renderOptions(flags, context, path);
  const onScreen = formats.find((one) => one.file === undefined);
  const exit = await deliver(
    report,
    formats.filter((one) => one !== onScreen || one.name !== 'text'),
    options,
    context,
  );
  if (onScreen?.name === 'text') {
    const out = made.place.kind === 'stdout' ? io.err : io.out;
    const reporter = await reporters.text?.();
    if (reporter && (raw.diagnoses.length > 0 || raw.unexplained.length > 0 || raw.run.interrupted)) {
      out.write(`${reporter.render({ ...raw, exitCode: report.exitCode }, options)}\n`);
    }
    if (!raw.run.interrupted)
      out.write(
        resultBlock(
          report.init ?? { services: [] },
          { next: nextSteps(made, report, flags, context), cwd: io.cwd },
          options,
        ),
      );
    if (made.place.kind === 'stdout' && text !== undefined) io.out.write(text);
  }
  return { report, code: exit };
};
