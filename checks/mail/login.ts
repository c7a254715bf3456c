import type { Protocol } from '../../src/model/config.ts';
import type { LoginFact, Step, Withheld } from '../../src/model/login-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { logsIn } from '../../src/model/mailbox.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { fail, unknown } from '../../src/model/outcome.ts';
import type { Text } from '../../src/model/text.ts';
import type { TokenFailure } from '../../src/model/token-facts.ts';
import { protocolName, serviceIn } from './service.ts';

/**
 * Why no login is made where none can be: an honest skip, since a passing check would say more than was seen.
 */
export const loginApplies = (subject: Subject, protocol: Protocol): true | Text => {
  if (logsIn(serviceIn(subject, protocol))) return true;
  const inCrm = subject.crm?.account.services[protocol]?.login;
  // The CRM does log in, with what it does not hand out: to ask without a login would show another fault than its own.
  if (inCrm !== undefined && inCrm !== 'none') {
    return {
      en: 'the CRM logs in with a password of its own that it does not hand out; name it under crm.logins to have the login tried',
      ja: 'CRM は自身に保存したパスワードでログインしますが、その値は取得できません。ログインも調べるには crm.logins に設定してください',
    };
  }
  // A relay without login is asked without one; fetching mail always needs a login.
  if (protocol === 'smtp') return true;
  const name = protocolName[protocol];
  return {
    en: `no password is configured for ${name}`,
    ja: `${name} のパスワードが設定されていません`,
  };
};

const withheldText: Readonly<Record<Withheld, Text>> = {
  'refused-before': {
    en: 'no second login with a name that was just refused',
    ja: '同じユーザー名で一度拒否されたため、二度目のログインは行いませんでした',
  },
  'locked-out': {
    en: 'no login after a sign of a lock-out',
    ja: 'ロックの兆候があったため、ログインは行いませんでした',
  },
  waiting: {
    en: 'no login yet: an earlier one was refused, and the next try waits so that the account is not locked',
    ja: '前回拒否されたため、アカウントがロックされないよう、次のログインは時間をおいて行います',
  },
  'connection-limit': {
    en: 'the limit of connections to this server was reached',
    ja: 'このサーバーへの接続回数の上限に達しました',
  },
  'no-safe-mechanism': {
    en: 'the server offers no way to log in that this client can use',
    ja: '利用できるログイン方式をサーバーが提示していません',
  },
  'mechanism-not-offered': {
    en: 'the server does not offer the login mechanism that is configured',
    ja: '設定されている認証方式を、サーバーが提示していません',
  },
  'no-token': {
    en: 'there is no access token to log in with',
    ja: 'ログインに使うアクセストークンがありません',
  },
  'token-in-clear': {
    en: 'an OAuth token is not sent over a connection without encryption',
    ja: '暗号化されていない接続では、OAuth のトークンを送りません',
  },
};

/** Why there is no access token, in words. */
export const tokenFailureText = (failed: TokenFailure): Text => {
  switch (failed.kind) {
    case 'refused': {
      const said =
        failed.says.startsWith(failed.error) || failed.says === ''
          ? failed.says || failed.error
          : `${failed.error}: ${failed.says}`;
      return { en: `no access token: "${said}"`, ja: `アクセストークンを取得できません:「${said}」` };
    }
    case 'broken':
      return {
        en: `the authorization server could not be asked for a token: ${failed.says}`,
        ja: `認可サーバーからトークンを取得できませんでした: ${failed.says}`,
      };
    case 'incomplete':
      return {
        en: `oauth in crm-doctor.yaml has no accessToken, and without ${failed.missing} none can be fetched`,
        ja: `crm-doctor.yaml の oauth に accessToken がなく、${failed.missing} もないため、トークンを取得できません`,
      };
    case 'sign-in-needed':
      return {
        en: 'no refresh token is there yet: sign in once with `crm-doctor mail --login`',
        ja: '更新トークンがまだありません。`crm-doctor mail --login` で一度サインインしてください',
      };
  }
};

/** The answer of a step in words. */
export const stepText = (step: Step): Text => {
  if (step.kind !== 'broken') {
    const { code, text } = step.reply;
    const words = text.startsWith(code) ? text : `${code} ${text}`;
    return { en: `"${words}"`, ja: `「${words}」` };
  }
  switch (step.how) {
    case 'silent':
      return { en: 'no answer within the limit', ja: '制限時間内に応答がありません' };
    case 'closed':
      return { en: 'the server closed the connection', ja: 'サーバーが接続を閉じました' };
    case 'reset':
      return { en: 'the connection was reset', ja: '接続がリセットされました' };
    default:
      return { en: step.says, ja: step.says };
  }
};

export const failedStep = (en: string, ja: string, step: Step): Verdict => {
  const answer = stepText(step);
  return fail({ en: `${en}: ${answer.en}`, ja: `${ja}: ${answer.ja}` });
};

/** What the three logins have in common; undefined when the login stands (or none is configured). */
export const loginVerdict = ({ before, login, withheld, token }: LoginFact): Verdict | undefined => {
  if (before) return failedStep(`the ${before.at} step fails`, 'ログインの手前で失敗しました', before.step);
  if (withheld === 'no-safe-mechanism' || withheld === 'mechanism-not-offered' || withheld === 'token-in-clear')
    return fail(withheldText[withheld]);
  if (withheld === 'no-token' && token?.failed) {
    // The authorization server's no is what the CRM gets too; everything else is only that it could not be asked.
    const says = tokenFailureText(token.failed);
    return token.failed.kind === 'refused' ? fail(says) : unknown(says);
  }
  if (withheld) return unknown(withheldText[withheld]);
  if (login && login.kind !== 'accepted') return failedStep('the login fails', 'ログインに失敗しました', login);
  return undefined;
};
