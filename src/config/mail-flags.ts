import { resolve } from 'node:path';
import type { Family, MailConfig, Runtime, SecretSource, Security, ServiceConfig } from '../model/config.ts';
import type { Text } from '../model/text.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { nearest } from './nearest.ts';
import { wrongChoice } from './words.ts';

/** The flags of `crm-doctor mail ADDRESS` that stand in for a configuration file. */
export interface MailFlags {
  /** `HOST[:PORT][/SECURITY]` */
  readonly smtp?: string;
  readonly imap?: string;
  readonly pop3?: string;
  readonly username?: string;
  readonly passwordEnv?: string;
  readonly passwordFile?: string;
  readonly sender?: string;
  readonly ca?: string;
  /** `RUNTIME` or `RUNTIME@VERSION` */
  readonly as?: string;
  /** A file, a directory, or `none` */
  readonly trust?: string;
  readonly ehlo?: string;
  /** `NAME` or `NAME,NAME` */
  readonly dkimSelector?: string;
  /** `4`, `6` or `any` */
  readonly family?: string;
  readonly versionsFile?: string;
  readonly send?: boolean;
}

const securities: readonly Security[] = ['starttls', 'tls', 'none'];
const runtimes: readonly Runtime[] = ['php', 'python', 'java', 'dotnet', 'node'];

const families: readonly `${Family}`[] = ['4', '6', 'any'];

const fail = (flag: string, text: Text, more: Partial<ConfigProblem> = {}): never => {
  throw new ConfigError(undefined, [{ path: flag, text, ...more }]);
};

const chosen = <Word extends string>(flag: string, word: string, allowed: readonly Word[]): Word => {
  const known = allowed.find((one) => one === word);
  if (known !== undefined) return known;
  const suggestion = nearest(word, allowed);
  const more = { found: word, allowed, ...(suggestion === undefined ? {} : { suggestion }) };
  return fail(flag, wrongChoice(flag, word === '' ? undefined : word, allowed, suggestion), more);
};

/** Host and port as they were given: `[::1]:993`, `2001:db8::1`, `smtp.example.co.jp:587`. */
const splitPort = (door: string): { readonly host: string; readonly port?: string } => {
  const bracketed = /^(\[[^\]]*\])(?::(.*))?$/.exec(door);
  const parts = bracketed ?? /^([^:]*):([^:]*)$/.exec(door);
  if (!parts) return { host: door };
  const [, host = '', port] = parts;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), ...(port === undefined ? {} : { port }) };
};

/** `php`, `php@7.0` */
const runtimeIn = (word: string): Pick<MailConfig, 'as' | 'asVersion'> => {
  const [name = '', version, ...more] = word.split('@');
  if (more.length > 0 || version === '') {
    return fail('--as', {
      en: '--as takes a runtime, or a runtime and its version, such as php or php@7.4',
      ja: '--as には php のように実行環境を、または php@7.4 のように実行環境とバージョンを指定してください',
    });
  }
  return { as: chosen('--as', name, runtimes), ...(version === undefined ? {} : { asVersion: version }) };
};

const familyIn = (word: string): Family => {
  const known = chosen('--family', word, families);
  if (known === 'any') return 'any';
  return known === '4' ? 4 : 6;
};

/** `HOST[:PORT][/SECURITY]`; `flag` is what an error speaks of. */
export const serviceIn = (flag: string, value: string): ServiceConfig => {
  // A URL is no form of this flag, but a host that cannot be: mail.config says so and what was meant.
  if (value.includes('://')) return { host: value };
  const slash = value.lastIndexOf('/');
  const security = slash < 0 ? undefined : chosen(flag, value.slice(slash + 1), securities);
  const { host, port } = splitPort(slash < 0 ? value : value.slice(0, slash));
  if (port !== undefined && !/^\d{1,9}$/.test(port)) {
    return fail(
      flag,
      {
        en: `${flag}: after the colon a port number is expected: HOST[:PORT][/SECURITY], such as smtp.example.co.jp:587/starttls`,
        ja: `${flag}: コロンのあとにはポート番号（半角数字）が必要です。smtp.example.co.jp:587/starttls のように「ホスト[:ポート][/暗号化]」の形で書いてください`,
      },
      { found: port },
    );
  }
  return {
    host,
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(security === undefined ? {} : { security }),
  };
};

const sourceIn = (
  flags: MailFlags,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): SecretSource | undefined => {
  const { passwordEnv, passwordFile } = flags;
  if (passwordEnv !== undefined && passwordFile !== undefined) {
    return fail('--password-file', {
      en: '--password-env and --password-file cannot be given together',
      ja: '--password-env と --password-file は同時に指定できません',
    });
  }
  if (passwordFile !== undefined) return { kind: 'file', file: resolve(cwd, passwordFile) };
  if (passwordEnv === undefined) return undefined;
  // Somebody may give the password itself; only what can be a name is repeated, and a value that is unset is no name.
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(passwordEnv)) {
    return fail('--password-env', {
      en: '--password-env takes the name of an environment variable, such as MAIL_PASSWORD, not the password itself',
      ja: '--password-env にはパスワードそのものではなく、環境変数の名前（例: MAIL_PASSWORD）を指定してください',
    });
  }
  const value = env[passwordEnv];
  if (value !== undefined) return { kind: 'value', value };
  const name = /^[A-Z][A-Z0-9_]*$/.test(passwordEnv) ? ` ${passwordEnv}` : '';
  return fail('--password-env', {
    en: `--password-env: the environment variable${name} is not set; give the name of a variable that holds the password`,
    ja: `--password-env: 環境変数${name} が設定されていません。パスワードが入っている環境変数の名前を指定してください`,
  });
};

const selectorsIn = (value: string): readonly string[] =>
  value
    .split(',')
    .map((selector) => selector.trim())
    .filter((selector) => selector !== '');

/** The mailbox that flags describe, for a run without a file. */
export const mailFromFlags = (
  flags: MailFlags & { readonly address: string },
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): { readonly mail: MailConfig; readonly secrets: ReadonlyMap<string, SecretSource> } => {
  const { address, smtp, imap, pop3, username, sender, ca, as, trust, ehlo, family, versionsFile, dkimSelector } =
    flags;
  const source = sourceIn(flags, env, cwd);
  const password = 'mail.password';
  return {
    mail: {
      address,
      ...(username === undefined ? {} : { username }),
      ...(source ? { password: { secret: password } } : {}),
      ...(sender === undefined ? {} : { from: sender }),
      ...(smtp === undefined ? {} : { smtp: serviceIn('--smtp', smtp) }),
      ...(imap === undefined ? {} : { imap: serviceIn('--imap', imap) }),
      ...(pop3 === undefined ? {} : { pop3: serviceIn('--pop3', pop3) }),
      ...(ca === undefined ? {} : { ca: resolve(cwd, ca) }),
      ...(as === undefined ? {} : runtimeIn(as)),
      ...(trust === undefined ? {} : { trust: trust === 'none' ? trust : resolve(cwd, trust) }),
      ...(ehlo === undefined ? {} : { ehlo }),
      ...(dkimSelector === undefined ? {} : { dkimSelector: selectorsIn(dkimSelector) }),
      ...(family === undefined ? {} : { family: familyIn(family) }),
      ...(versionsFile === undefined ? {} : { versionsFile: resolve(cwd, versionsFile) }),
      ...(flags.send ? { roundTrip: { enabled: true, timeoutMs: 60_000 } } : {}),
    },
    secrets: new Map(source ? [[password, source]] : []),
  };
};
