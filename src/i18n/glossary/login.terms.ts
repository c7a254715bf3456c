import type { Term } from './term.ts';

/** Who somebody is, and what they may do. */
export const loginTerms: readonly Term[] = [
  {
    id: 'authentication',
    en: {
      name: 'authentication',
      gloss: 'Showing who one is, for instance with a password.',
      match: ['authentication', 'authenticate', 'authenticated', 'credentials'],
    },
    ja: {
      name: '認証',
      gloss: 'パスワードなどで本人であることを示すことです。',
      match: ['認証', '認証情報', '資格情報'],
    },
  },
  {
    id: 'user-name',
    en: {
      name: 'user name',
      gloss: 'The name for the login, often the whole mail address.',
      match: ['user name', 'username', 'login name'],
    },
    ja: {
      name: 'ユーザー名',
      gloss: 'ログインに使う名前で、メールアドレス全体であることが多いものです。',
      match: ['ユーザー名', 'ログイン名', 'アカウント名'],
      avoid: ['ユーザ名'],
    },
  },
  {
    id: 'user',
    en: { name: 'user', gloss: 'Somebody who has an account in a system.', match: ['user'] },
    ja: { name: 'ユーザー', gloss: 'システムにアカウントを持つ人です。', match: ['ユーザー'], avoid: ['ユーザ'] },
  },
  {
    id: 'app-password',
    en: {
      name: 'app password',
      gloss: 'A second password, made for one program, where the account itself asks for a code as well.',
      match: ['app password', 'application-specific password'],
    },
    ja: {
      name: 'アプリパスワード',
      gloss: '2 段階認証のアカウントで、特定のソフトのために発行する専用のパスワードです。',
      match: ['アプリパスワード', 'アプリ パスワード', 'アプリケーション固有のパスワード'],
    },
  },
  {
    id: 'smtp-auth',
    en: {
      name: 'SMTP authentication',
      gloss: 'The login that a server asks for before it takes mail to be sent.',
      match: ['SMTP authentication', 'SMTP AUTH'],
    },
    ja: {
      name: 'SMTP 認証 (SMTP AUTH)',
      gloss: 'メールを送る前に、サーバーが求めるログインです。',
      match: ['SMTP 認証', 'SMTP AUTH'],
    },
  },
  {
    id: 'login-mechanism',
    en: {
      name: 'login method',
      gloss: 'The way in which a password or token is handed over; server and program need a common one.',
      match: [
        'login method',
        'authentication method',
        'authentication mechanism',
        'SASL',
        'CRAM-MD5',
        'XOAUTH2',
        'PLAIN',
        'AUTH PLAIN',
        'AUTH LOGIN',
        'NTLM',
        'SCRAM',
      ],
    },
    ja: {
      name: '認証方式',
      gloss: 'パスワードやトークンの渡し方で、サーバーとソフトの両方に共通のものが必要です。',
      match: ['認証方式', 'SASL', 'CRAM-MD5', 'XOAUTH2', 'PLAIN', 'AUTH PLAIN', 'AUTH LOGIN', 'NTLM', 'SCRAM'],
    },
  },
  {
    id: 'basic-auth',
    en: {
      name: 'basic authentication',
      gloss: 'Login with nothing but a user name and a password; large providers switch it off.',
      match: ['basic authentication', 'Basic authentication', 'Basic auth'],
    },
    ja: {
      name: '基本認証',
      gloss: 'ユーザー名とパスワードだけでログインする方法で、大手の事業者は廃止を進めています。',
      match: ['基本認証', 'ベーシック認証'],
    },
  },
  {
    id: 'oauth',
    en: {
      name: 'OAuth',
      gloss:
        'Login by a pass that the provider issues after a person has agreed, without handing the password to the program.',
      match: ['OAuth', 'OAuth 2.0', 'modern authentication'],
    },
    ja: {
      name: 'OAuth（先進認証）',
      gloss: 'パスワードをソフトに渡さず、本人の同意のもとで発行される通行証を使うログイン方法です。',
      match: ['OAuth', 'OAuth 2.0', '先進認証'],
    },
  },
  {
    id: 'mfa',
    en: {
      name: 'multi-factor authentication',
      gloss: 'Login that asks for a second proof, such as a code on the phone.',
      match: [
        'multi-factor authentication',
        'two-factor authentication',
        '2-step verification',
        'two-step verification',
        'MFA',
      ],
    },
    ja: {
      name: '多要素認証（2 段階認証）',
      gloss: 'パスワードのほかに、携帯電話に届くコードなどをもう 1 つ求めるログイン方法です。',
      match: ['多要素認証', '2 段階認証', '2 段階認証プロセス', '2 要素認証', 'MFA'],
    },
  },
  {
    id: 'access-token',
    en: {
      name: 'access token',
      gloss: 'A pass that lets a program in for a short time.',
      match: ['access token', 'token'],
    },
    ja: {
      name: 'アクセストークン',
      gloss: '短い時間だけ使える、ログインの代わりになる通行証です。',
      match: ['アクセストークン', 'トークン'],
    },
  },
  {
    id: 'refresh-token',
    en: {
      name: 'refresh token',
      gloss: 'A long-lived pass with which a program fetches new access tokens.',
      match: ['refresh token'],
    },
    ja: {
      name: '更新トークン（リフレッシュトークン）',
      gloss: '新しいアクセストークンを受け取るための、長く使える通行証です。',
      match: ['更新トークン', 'リフレッシュトークン'],
    },
  },
  {
    id: 'consent',
    en: {
      name: 'consent',
      gloss: 'The agreement of a person or an administrator that a program may act in an account.',
      match: ['consent', 'admin consent'],
    },
    ja: {
      name: '同意',
      gloss: 'ソフトがアカウントを使ってよいと、本人や管理者が認めることです。',
      match: ['管理者の同意', '同意'],
    },
  },
  {
    id: 'scope',
    en: { name: 'scope', gloss: 'What a pass allows, for instance reading mail but not sending it.', match: ['scope'] },
    ja: {
      name: 'スコープ（アクセス許可）',
      gloss: '「メールの閲覧だけ」のように、通行証で許される操作の範囲です。',
      match: ['スコープ', 'アクセス許可'],
    },
  },
  {
    id: 'tenant',
    en: {
      name: 'tenant',
      gloss: 'All accounts and settings of one organisation at a cloud provider.',
      match: ['tenant'],
    },
    ja: {
      name: 'テナント',
      gloss: 'クラウドサービスで、1 つの組織の契約とアカウントをまとめた単位です。',
      match: ['テナント'],
    },
  },
  {
    id: 'client-secret',
    en: {
      name: 'client secret',
      gloss: 'The password of a program, with which it shows who it is.',
      match: ['client secret', 'client ID', 'client id'],
    },
    ja: {
      name: 'クライアントシークレット',
      gloss: 'ソフト自身が名乗るためのパスワードです。',
      match: ['クライアントシークレット', 'クライアント シークレット', 'クライアント ID'],
    },
  },
  {
    id: 'conditional-access',
    en: {
      name: 'conditional access',
      gloss: 'Rules of Microsoft 365 on who may log in from where and how.',
      match: ['conditional access', 'Conditional Access', 'security defaults'],
    },
    ja: {
      name: '条件付きアクセス',
      gloss: '誰がどこからどの方法でログインできるかを決める、Microsoft 365 の規則です。',
      match: ['条件付きアクセス', 'セキュリティの既定値群', 'セキュリティの既定値'],
    },
  },
  {
    id: 'service-account',
    en: {
      name: 'service account',
      gloss: 'An account that belongs to a program and not to a person.',
      match: ['service account', 'service principal', 'integration user'],
    },
    ja: {
      name: 'サービスアカウント',
      gloss: '人ではなく、プログラムが使うためのアカウントです。',
      match: [
        'サービスアカウント',
        'サービス アカウント',
        'サービスプリンシパル',
        'サービス プリンシパル',
        '連携用ユーザー',
      ],
    },
  },
  {
    id: 'account-lock',
    en: {
      name: 'account lock',
      gloss: 'After too many wrong logins an account takes none for a while, the right password included.',
      match: ['account lock', 'locked out', 'lockout', 'lock-out', 'account is locked'],
    },
    ja: {
      name: 'アカウントのロック',
      gloss: '続けてログインに失敗したアカウントが、正しいパスワードでもしばらく使えなくなることです。',
      match: ['アカウントのロック', 'アカウントロック', 'ロックアウト'],
    },
  },
  {
    id: 'permission',
    en: { name: 'permission', gloss: 'What an account may see and do.', match: ['permission', 'access right'] },
    ja: { name: '権限', gloss: 'アカウントが見たり操作したりしてよい範囲です。', match: ['権限', 'アクセス権'] },
  },
  {
    id: 'send-as',
    en: {
      name: 'send as',
      gloss: "The permission to send mail under another mailbox's address.",
      match: ['Send As', 'send as', 'send on behalf', 'Send on Behalf'],
    },
    ja: {
      name: '差出人として送信（代理送信）',
      gloss: '別のメールボックスのアドレスを差出人にして送る権限です。',
      match: ['差出人として送信', '所有者として送信', '代理送信', 'Send As'],
    },
  },
  {
    id: 'directory',
    en: {
      name: 'directory',
      gloss: 'The list of all accounts of an organisation, such as LDAP or Active Directory.',
      match: ['LDAP', 'Active Directory'],
    },
    ja: {
      name: 'ディレクトリ',
      gloss: '組織のすべてのアカウントを管理する仕組みで、LDAP や Active Directory があります。',
      match: ['ディレクトリ', 'LDAP'],
    },
  },
  {
    id: 'single-sign-on',
    en: { name: 'single sign-on', gloss: 'One login for several systems.', match: ['single sign-on', 'SSO'] },
    ja: {
      name: 'シングルサインオン',
      gloss: '1 度のログインで複数のシステムを使えるようにする仕組みです。',
      match: ['シングルサインオン', 'SSO'],
    },
  },
];
