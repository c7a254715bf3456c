import { tokenFailureText } from '../../checks/mail/login.ts';
import { visible } from '../i18n/visible.ts';
import type { OAuthLogin } from '../model/config.ts';
import type { Subject } from '../model/mailbox.ts';
import { servicesOf } from '../model/mailbox.ts';
import type { Text } from '../model/text.ts';
import { createRedactor } from '../reason/redact.ts';
import type { RunbookEvent } from '../runbook/record.ts';
import type { SignInPrompt } from '../world/oauth-sign-in.ts';
import type { Token } from '../world/oauth-tokens.ts';
import type { Context } from './command.ts';
import type { CommonFlags } from './flags.ts';
import type { OpenWorld } from './open-world.ts';

interface Account {
  readonly username: string;
  readonly ca?: string;
  readonly oauth: OAuthLogin;
}

/** One sign-in for every login name that fetches its tokens. */
const accountsOf = (subjects: readonly Subject[]): readonly Account[] => {
  const accounts = new Map<string, Account>();
  for (const { oauth, username, ca } of subjects.flatMap(servicesOf)) {
    if (!oauth?.clientId || oauth.accessToken) continue;
    const account = { username, oauth, ...(ca === undefined ? {} : { ca }) };
    accounts.set(JSON.stringify(account), account);
  }
  return [...accounts.values()];
};

const outcomeText = ({ token, fact }: Token, { username, oauth }: Account): Text => {
  if (token === undefined) {
    return fact.failed ? tokenFailureText(fact.failed) : { en: 'no token', ja: 'トークンがありません' };
  }
  const who = fact.claims?.user ?? username;
  switch (fact.renewed) {
    case 'stored':
      return {
        en: `Signed in as ${who}. The refresh token is in ${oauth.tokenFile}.`,
        ja: `${who} でサインインしました。更新トークンは ${oauth.tokenFile} に保存しました。`,
      };
    case 'not-stored':
      return {
        en: `Signed in as ${who}, but the refresh token could not be written to ${oauth.tokenFile}; it is kept for this run only.`,
        ja: `${who} でサインインしましたが、更新トークンを ${oauth.tokenFile} に書き込めませんでした。今回の実行だけで使います。`,
      };
    case 'this-run-only':
      return {
        en: `Signed in as ${who}, for this run only: set oauth.tokenFile to keep the refresh token.`,
        ja: `${who} でサインインしました（今回の実行のみ）。更新トークンを保存するには oauth.tokenFile を設定してください。`,
      };
    default:
      return {
        en: `Signed in as ${who}, for this run only: no refresh token was given.`,
        ja: `${who} でサインインしました（今回の実行のみ）。更新トークンは発行されませんでした。`,
      };
  }
};

/** Lets a person sign in for every account that needs it; what comes of it shows in the checks. */
export const signInAll = async (
  subjects: readonly Subject[],
  { kit, tokens, secrets }: OpenWorld,
  {
    flags,
    context: { io, language },
    signal,
    record,
  }: {
    readonly flags: Pick<CommonFlags, 'input'>;
    readonly context: Context;
    readonly signal: AbortSignal;
    /** Into the runbook. */
    readonly record?: (event: RunbookEvent) => Promise<unknown>;
  },
): Promise<void> => {
  const say = ({ en, ja }: Text): void => io.err.write(`${visible(language === 'ja' ? ja : en)}\n`);
  // On a line of its own, where it can be copied.
  const alone = (words: string): void => io.err.write(`\n  ${visible(words)}\n\n`);
  const accounts = accountsOf(subjects);
  if (accounts.length === 0) {
    say({
      en: 'crm-doctor: --login has nothing to do: no mailbox here has oauth with a clientId and without accessToken',
      ja: 'crm-doctor: --login の対象がありません。oauth に clientId があり、accessToken がないメールボックスだけが対象です',
    });
    return;
  }
  if (flags.input === false || io.env.CI) {
    say({
      en: 'crm-doctor: --login needs a person: run it once in a terminal, without --no-input and CI, with oauth.tokenFile set; later runs use the token that is kept there',
      ja: 'crm-doctor: --login には人の操作が必要です。oauth.tokenFile を設定し、--no-input や CI の指定がない端末で一度実行してください。以後の実行では、保存されたトークンを使います',
    });
    return;
  }
  const { signIn } = await import('../world/oauth-sign-in.ts');
  const asks = (scopes: readonly string[]): void => {
    if (scopes.length === 0) return;
    const list = scopes.join(' ');
    say({ en: `  The page asks for: ${list}`, ja: `  求められる権限: ${list}` });
  };
  const until = (minutes: number): void =>
    say({
      en: `  Waiting for up to ${minutes} minutes; Ctrl+C ends it.`,
      ja: `  最長 ${minutes} 分間待ちます。Ctrl+C で中止できます。`,
    });
  for (const account of accounts) {
    const { username } = account;
    const prompt: SignInPrompt = {
      device: ({ url, code, minutes, scopes }) => {
        say({
          en: `Sign in as ${username}: open this page on any device,`,
          ja: `${username} でサインインします。次のページを任意の端末で開き、`,
        });
        alone(url);
        say({ en: 'and enter this code there:', ja: '次のコードを入力してください。' });
        alone(code);
        asks(scopes);
        until(minutes);
      },
      browser: ({ url, minutes, scopes }) => {
        say({
          en: `Sign in as ${username}: open this address in a browser on this machine.`,
          ja: `${username} でサインインします。次のアドレスを、このコンピューターのブラウザーで開いてください。`,
        });
        alone(url);
        asks(scopes);
        until(minutes);
      },
    };
    try {
      const { tokenFile } = account.oauth;
      const about = tokenFile === undefined ? undefined : { by: '--login', where: tokenFile };
      if (about) await record?.({ kind: 'file-intended', ...about });
      const token = await signIn(kit, tokens, account, { prompt, signal });
      if (about && token.fact.renewed === 'stored') await record?.({ kind: 'file-written', ...about });
      const { en, ja } = outcomeText(token, account);
      const redact = createRedactor(secrets.values());
      say({ en: redact(en), ja: redact(ja) });
    } catch (error) {
      // Ctrl+C: the run itself says that it was interrupted.
      if (signal.aborted) return;
      throw error;
    }
  }
};
