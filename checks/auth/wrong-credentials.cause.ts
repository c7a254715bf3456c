import type { Finding, RuledOut } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { mailConfig } from '../mail/config.check.ts';
import type { Refusal, Refused } from './refusals.ts';
import { findingsFrom, loginCheck, refusalsIn } from './refusals.ts';
import { acceptedElsewhere, refusedUnchecked } from './same-login.ts';
import { both, placesText, protocolsText } from './words.ts';

export interface WrongCredentials extends Refused {
  /** Where the same name and password were accepted. */
  readonly acceptedBy: readonly Protocol[];
  /** What the shape of the password shows without showing it. */
  readonly password?: 'outer-blanks' | 'non-ascii' | 'empty';
}

const passwordShape = (evidence: Evidence): Pick<WrongCredentials, 'password'> => {
  const shape = evidence.fact(mailConfig)?.password?.shape;
  if (shape?.empty) return { password: 'empty' };
  if (shape?.outerBlanks) return { password: 'outer-blanks' };
  return shape?.nonAscii ? { password: 'non-ascii' } : {};
};

/** Refused alike on every protocol: no single protocol is switched off. */
const notOneProtocol = (refusals: readonly Refusal[], subject: Subject): readonly RuledOut[] => {
  const protocols = new Set(refusals.map(({ service }) => service.protocol));
  const [, second] = refusals;
  if (protocols.size < 2 || !second || protocols.size < servicesOf(subject).length) return [];
  return [
    {
      cause: 'auth.protocol-disabled',
      check: second.check,
      says: both(
        'every configured service refuses this login',
        '設定されたすべてのサービスが、このログインを拒否しています',
      ),
    },
  ];
};

const explain = (evidence: Evidence, subject: Subject): readonly Finding<WrongCredentials>[] => {
  const unchecked = refusedUnchecked(evidence, subject).map(({ service }) => service);
  const refusals = refusalsIn(evidence, subject).filter(
    ({ step, service, reading }) =>
      step === 'login' &&
      reading?.cause === 'auth.wrong-credentials' &&
      !unchecked.includes(service) &&
      // The same login accepted elsewhere: IMAP or POP3 is switched off, which auth.protocol-disabled says.
      (service.protocol === 'smtp' || acceptedElsewhere(evidence, subject, service).length === 0),
  );
  return findingsFrom('auth.wrong-credentials', refusals, evidence, { subject }).map((finding) => {
    const own = refusals.filter(({ service }) => finding.detail.username === service.username);
    const acceptedBy = own.flatMap(({ service }) => acceptedElsewhere(evidence, subject, service));
    return {
      ...finding,
      detail: { ...finding.detail, acceptedBy, ...passwordShape(evidence) },
      confidence: acceptedBy.length > 0 ? 0.5 : finding.confidence,
      evidence: [
        ...finding.evidence,
        ...acceptedBy.map((protocol) => ({
          check: loginCheck[protocol],
          says: both('accepts the same user name and password', '同じユーザー名とパスワードでログインできています'),
        })),
      ],
      ruledOut: notOneProtocol(own, subject),
    };
  });
};

const passwordSteps: Readonly<Record<NonNullable<WrongCredentials['password']>, Text>> = {
  'outer-blanks': both(
    'Remove the blank at the beginning or end of the password in the configuration.',
    '設定したパスワードの先頭または末尾に空白があります。空白を取り除きます。',
  ),
  'non-ascii': both(
    'The password holds characters outside ASCII (full-width letters?): type it again with the input method switched off.',
    'パスワードに全角文字などが含まれています。日本語入力をオフにして、もう一度入力します。',
  ),
  empty: both('The password in the configuration is empty: enter it.', 'パスワードが空です。パスワードを設定します。'),
};

const providerSteps = ({ provider, username }: WrongCredentials): readonly Text[] => {
  switch (provider) {
    case 'google':
      return [
        both(
          `Gmail takes no account password from mail programs: create an app password (Google Account > Security > 2-Step Verification > App passwords) for ${username}, and enter its 16 letters.`,
          `Gmail では、通常のパスワードでのログインは使えません。Google アカウントの［セキュリティ］>［2 段階認証プロセス］>［アプリ パスワード］で ${username} 用のアプリパスワードを作成し、その 16 文字を設定します。`,
        ),
      ];
    case 'yahoo-japan':
      return [
        both(
          'In Yahoo! JAPAN Mail open Settings > IMAP/POP/SMTP access and allow access from other mail programs; the user name there is the part before the @.',
          'Yahoo!メールの［設定・利用規約］>［IMAP/POP/SMTPアクセスとメール転送］で、他のメールソフトからのアクセスを有効にします。ユーザー名は @ より前の部分です。',
        ),
      ];
    case 'icloud':
      return [
        both(
          'iCloud wants an app-specific password: create one at account.apple.com > Sign-In and Security, and enter it.',
          'iCloud では App 用パスワードが必要です。account.apple.com の［サインインとセキュリティ］で作成し、設定します。',
        ),
      ];
    case 'sakura':
      return [
        both(
          'In the Sakura control panel open Mail > Mailbox list, choose the user and set a new mail password.',
          'さくらのコントロールパネルで［メール］>［メール一覧］を開き、対象ユーザーの［設定］でメールパスワードを設定し直します。',
        ),
      ];
    case 'xserver':
      return [
        both(
          'In the Xserver server panel open Mail account settings > Change, and set a new password.',
          'エックスサーバーのサーバーパネルで［メールアカウント設定］>［変更］を開き、パスワードを設定し直します。',
        ),
      ];
    default:
      return [];
  }
};

export const wrongCredentials = defineCause<WrongCredentials>({
  id: 'auth.wrong-credentials',
  title: both('The server refuses the user name or the password', 'ユーザー名またはパスワードが違います'),
  about: both(
    'The mail server was reached, but it refuses the login (authentication, the proof of who you are) and gives no other reason. The password was mistyped, has been changed since it was entered, or belongs to another user name. Most servers deliberately do not say which of the two is wrong. Repeated wrong logins can lock the account, so crm-doctor tries a login name only once per protocol.',
    'メールサーバーには接続できていますが、ログイン（認証＝本人確認）が拒否され、ほかの理由は示されていません。パスワードの入力間違い、設定後のパスワード変更、別のユーザー名との組み合わせなどが考えられます。安全のため、多くのサーバーはどちらが違うのかを明かしません。失敗を繰り返すとアカウントがロックされることがあるため、crm-doctor は同じユーザー名でのログインをプロトコルごとに 1 回だけ試します。',
  ),
  unless: ['config.username-form', 'config.placeholder', 'config.malformed-value'],
  explain,
  owner: 'user',
  because: ({ username, places, says, acceptedBy }) => {
    const where = placesText(places);
    const elsewhere = protocolsText(acceptedBy);
    if (acceptedBy.length > 0) {
      return both(
        `The login as ${username} fails at ${where.en}. The server says "${says}". ${elsewhere.en} ${acceptedBy.length > 1 ? 'take' : 'takes'} the same user name and password, so that they are right there; this server wants others, or does not let this account send. It does not say which.`,
        `${where.ja} で、${username} としてログインできません。サーバーの応答は「${says}」です。同じユーザー名とパスワードで ${elsewhere.ja} にはログインできるため、送信側だけ別のパスワードが必要か、このアカウントでの送信が許可されていない可能性があります。サーバーはどちらかを示していません。`,
      );
    }
    const alike = places.length > 1;
    return both(
      `The login as ${username} fails at ${where.en}. ${alike ? 'All of them refuse it' : 'The server refuses it'} ("${says}") and ${alike ? 'name' : 'names'} no other reason, so that the user name or the password is wrong.`,
      `${where.ja} で、${username} としてログインできません。サーバーの応答は「${says}」で、${alike ? 'どのサービスも' : ''}ほかの理由を示していません。ユーザー名またはパスワードが違っています。`,
    );
  },
  steps: (detail) => [
    ...(detail.password ? [passwordSteps[detail.password]] : []),
    ...(detail.acceptedBy.length > 0
      ? [
          both(
            `Ask the provider of ${detail.places[0]?.host ?? ''} whether sending has a login of its own, or must be allowed for ${detail.username}.`,
            `${detail.places[0]?.host ?? ''} の管理者に、送信用の別のパスワードがあるか、${detail.username} の送信許可が必要かを確認します。`,
          ),
        ]
      : []),
    ...providerSteps(detail),
    both(
      `Log in to the provider's webmail as ${detail.username} with the same password, once, to see whether it is right.`,
      `同じパスワードで、提供元の Web メールに ${detail.username} として 1 回だけログインし、正しいかどうかを確かめます。`,
    ),
    both(
      'If it fails there too, set a new password at the provider and enter it in the CRM and in crm-doctor.yaml.',
      'Web メールでもログインできない場合は、パスワードを再設定し、CRM と crm-doctor.yaml の両方に設定します。',
    ),
    both(
      'Switch off other programs that still use the old password, since their failures can lock the account.',
      '古いパスワードを使っているほかの機器やソフトを停止します。失敗が続くとアカウントがロックされることがあります。',
    ),
  ],
});
