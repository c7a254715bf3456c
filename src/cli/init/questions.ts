import { resolve } from 'node:path';
import { visible } from '../../i18n/visible.ts';
import type { Text } from '../../model/text.ts';
import type { Provider } from '../../reason/provider.ts';
import { askChoice, askSecret, askText, askYesNo, canAsk, Interrupted } from '../ask.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { isThere } from './file.ts';
import type { InitFlags } from './flags.ts';
import { shortPath } from './show.ts';

/** Beside the configuration; `crm-doctor mail --login` writes it anew. */
export const tokenFile = 'crm-doctor-token.json';

const wrongAddress = (address: string): Text | undefined =>
  /^[^\s@<>"\p{C}]+@[^\s@<>"\p{C}]+$/u.test(address.trim())
    ? undefined
    : {
        en: 'a mail address is needed here, such as sales@example.co.jp',
        ja: 'メールアドレスを sales@example.co.jp のような形で入力してください',
      };

/** The address of the command line, or the one that a person enters. */
export const addressOf = async (wanted: string | undefined, flags: InitFlags, context: Context): Promise<string> => {
  if (wanted === undefined) {
    if (!canAsk(flags, context)) {
      throw new UsageError({
        en: 'init needs an address, since nobody can be asked here: crm-doctor init sales@example.co.jp',
        ja: '質問ができない環境では、アドレスの指定が必要です: crm-doctor init sales@example.co.jp',
      });
    }
    const question = { en: 'Which mailbox does the CRM use?', ja: 'CRM が使うメールアドレスは？' };
    return (await askText(question, wrongAddress, context)).trim();
  }
  const wrong = wrongAddress(wanted);
  if (!wrong) return wanted.trim();
  const shown = visible(wanted);
  throw new UsageError({ en: `${shown}: ${wrong.en}`, ja: `${shown}: ${wrong.ja}` });
};

/** Where the configuration goes, and whether something there is to be replaced. */
export type Place =
  | { readonly kind: 'file'; readonly file: string; readonly replace: boolean }
  | { readonly kind: 'stdout' };

export const placeOf = async (flags: InitFlags, context: Context): Promise<Place | 'declined'> => {
  if (flags.stdout) return { kind: 'stdout' };
  const file = resolve(context.io.cwd, flags.output ?? flags.config ?? 'crm-doctor.yaml');
  if (!(await isThere(file))) return { kind: 'file', file, replace: false };
  if (flags.force) return { kind: 'file', file, replace: true };
  const name = shortPath(context.io.cwd, file);
  const question = {
    en: `${name} is there already. Replace it (the old one is kept beside it)?`,
    ja: `${name} はすでにあります。置き換えますか？（元のファイルは隣に残します）`,
  };
  const answer = await askYesNo(question, flags, context);
  if (answer === 'interrupted') throw new Interrupted();
  if (answer === 'yes') return { kind: 'file', file, replace: true };
  if (answer === 'no') return 'declined';
  throw new UsageError({
    en: `${name} is there already and is not replaced unasked; write elsewhere with --output FILE or --stdout, or replace it with --force`,
    ja: `${name} はすでにあるため、確認なしには置き換えません。--output FILE か --stdout で別の場所に書き出すか、--force で置き換えてください`,
  });
};

/** How the mailbox is to be logged in to. */
export type Way =
  | { readonly kind: 'password'; readonly typed?: string }
  /** `signIn`: a person signs in before the mailbox is tried. */
  | {
      readonly kind: 'oauth';
      readonly provider: 'microsoft' | 'google';
      readonly clientId?: string;
      readonly signIn: boolean;
    }
  | { readonly kind: 'none' };

const oauthOf = (provider: Provider | undefined): 'microsoft' | 'google' | undefined => {
  if (provider?.id === 'microsoft-365' || provider?.id === 'outlook.com') return 'microsoft';
  return provider?.id === 'google' ? 'google' : undefined;
};

const passwordQuestion = (provider: Provider | undefined): Text => {
  switch (provider?.login) {
    case 'app-password':
    case 'oauth-or-app-password':
      return { en: 'App password (Enter: without login)', ja: 'アプリ パスワード（空のまま Enter でログインを省略）' };
    case 'authorisation-code':
      return { en: 'Authorisation code (Enter: without login)', ja: '認可コード（空のまま Enter でログインを省略）' };
    default:
      return { en: 'Password (Enter: without login)', ja: 'パスワード（空のまま Enter でログインを省略）' };
  }
};

const typedPassword = async (provider: Provider | undefined, context: Context): Promise<Way> => {
  const typed = await askSecret(passwordQuestion(provider), context);
  return typed === '' ? { kind: 'none' } : { kind: 'password', typed };
};

const clientIdQuestion: Text = {
  en: 'Client id of your app registration (Enter: later)',
  ja: 'アプリ登録のクライアント ID（空のまま Enter で後回し）',
};

const signInQuestion: Text = {
  en: `Sign in now? The refresh token is kept in ${tokenFile}, readable for you alone.`,
  ja: `今サインインしますか？更新トークンは ${tokenFile} に保存します（自分だけが読めるファイル）。`,
};

/** OAuth needs the id of an app that was registered with the provider; without one nothing can be tried. */
const byOAuth = async (provider: 'microsoft' | 'google', flags: InitFlags, context: Context): Promise<Way> => {
  const asking = canAsk(flags, context);
  const typed = flags.clientId ?? (asking ? (await askText(clientIdQuestion, () => undefined, context)).trim() : '');
  if (typed === '') return { kind: 'oauth', provider, signIn: false };
  if (flags.login || !asking) return { kind: 'oauth', provider, clientId: typed, signIn: flags.login === true };
  const answer = await askYesNo(signInQuestion, flags, context);
  if (answer === 'interrupted') throw new Interrupted();
  return { kind: 'oauth', provider, clientId: typed, signIn: answer === 'yes' };
};

/** By flags, else as the person chooses; `oauthOnly`: the sources say that no password is taken. */
export const wayOf = async (
  { provider, oauthOnly }: { readonly provider: Provider | undefined; readonly oauthOnly: boolean },
  flags: InitFlags,
  context: Context,
): Promise<Way> => {
  if (flags.passwordEnv !== undefined || flags.passwordFile !== undefined) return { kind: 'password' };
  if (flags.oauth === 'microsoft' || flags.oauth === 'google') return byOAuth(flags.oauth, flags, context);
  if (!canAsk(flags, context)) return { kind: 'none' };
  const oauth = oauthOf(provider);
  if (!oauth) return typedPassword(provider, context);
  const byToken = {
    value: 'oauth',
    name: { en: 'OAuth 2.0 (sign in once in a browser)', ja: 'OAuth 2.0（ブラウザーで一度サインイン）' },
  } as const;
  const byPassword = {
    value: 'password',
    name: { en: 'a password for this program', ja: 'ソフト用のパスワード' },
  } as const;
  const not = { value: 'none', name: { en: 'no login for now', ja: '今はログインしない' } } as const;
  const question = { en: 'How does the CRM log in?', ja: 'CRM のログイン方法は？' };
  const order = oauthOnly ? [byToken, byPassword, not] : [byPassword, byToken, not];
  const chosen = await askChoice<'oauth' | 'password' | 'none'>(question, order, context);
  if (chosen === 'oauth') return byOAuth(oauth, flags, context);
  return chosen === 'password' ? typedPassword(provider, context) : { kind: 'none' };
};

/** Whether the password may go to servers that nobody vouches for (RFC 6186 6). */
export const mayLogIn = async (hosts: readonly string[], flags: InitFlags, context: Context): Promise<boolean> => {
  if (hosts.length === 0) return true;
  const names = visible(hosts.join(', '));
  const question = {
    en: `${names}: known from the DNS only, and not under the domain of the address. Log in there with the password?`,
    ja: `${names} は、DNS だけから見つかった、アドレスとは別のドメインのサーバーです。このサーバーにパスワードでログインしますか？`,
  };
  const answer = await askYesNo(question, flags, context);
  if (answer === 'interrupted') throw new Interrupted();
  return answer === 'yes';
};
