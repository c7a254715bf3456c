import type { Protocol } from '../model/config.ts';
import type { Text } from '../model/text.ts';
import type { Provider, ProviderService } from './provider.ts';

type Form = ProviderService['username'];

const ports = { smtp: 465, imap: 993, pop3: 995 } as const;

const tls = (protocol: Protocol, host: string, username: Form = 'address'): ProviderService => ({
  protocol,
  host,
  port: ports[protocol],
  security: 'tls',
  username,
});

const submission = (host: string, username: Form = 'address'): ProviderService => ({
  protocol: 'smtp',
  host,
  port: 587,
  security: 'starttls',
  username,
});

const upgraded = (protocol: 'imap' | 'pop3', host: string, username: Form = 'address'): ProviderService => ({
  protocol,
  host,
  port: protocol === 'imap' ? 143 : 110,
  security: 'starttls',
  username,
});

/** Where each mailbox is served by a host of its own, which is also the domain's MX. */
const onMx: readonly ProviderService[] = [
  tls('imap', '{mx}'),
  tls('pop3', '{mx}'),
  submission('{mx}'),
  tls('smtp', '{mx}'),
];

const note = (en: string, ja: string): Text => ({ en, ja });
const named = (en: string, ja = en): Text => ({ en, ja });

const ispdb = { source: 'https://github.com/thunderbird/autoconfig', asOf: '2026-03-12', sure: true } as const;
/** Settings that several public programs and questions agree on; the provider's own page was not at hand. */
const common = { source: 'settings in public use', asOf: '2026-11-25', sure: false } as const;

const externalPassword = note(
  'It takes no account password from other programs: create an app password (a password for one program only) in the security settings of the account, and use it here and in the CRM.',
  'ほかのソフトからは、アカウントのパスワードではログインできません。アカウントのセキュリティー設定でアプリ パスワード（ソフト専用のパスワード）を作成し、ここと CRM の両方で使ってください。',
);

const zoho = (end: string): readonly ProviderService[] => [
  tls('imap', `imap.${end}`),
  tls('pop3', `pop.${end}`),
  tls('smtp', `smtp.${end}`),
  submission(`smtp.${end}`),
];

const zohoRegion = (end: string): Provider => ({
  id: `zoho-${end.slice(end.lastIndexOf('.') + 1)}`,
  name: named(`Zoho Mail (${end})`),
  servers: [end],
  domains: [end, end.replace('zoho', 'zohomail')],
  services: zoho(end),
  login: 'password',
  note: note(
    'IMAP has to be switched on in the web mail; with two-factor sign-in an app password is needed. The sender must be the login address or one of its aliases (otherwise "553 Relaying disallowed"). Domains with a paid plan may have servers of their own, imappro and smtppro.',
    'IMAP は Web メールの設定で有効にする必要があります。2 段階認証を使っている場合はアプリ パスワードが必要です。差出人はログインするアドレスかその別名でなければ「553 Relaying disallowed」で拒否されます。有料プランの独自ドメインでは imappro、smtppro という専用のサーバーを使うことがあります。',
  ),
  ...ispdb,
});

/**
 * Providers that a CRM's mailbox often lives at, first those that are told apart by more exact names. Sources are named row
 * by row; a row is never believed before its servers have answered.
 */
export const providers: readonly Provider[] = [
  {
    id: 'outlook.com',
    name: named('Outlook.com'),
    servers: ['olc.protection.outlook.com'],
    domains: ['outlook.com', 'outlook.jp', 'hotmail.com', 'hotmail.co.jp', 'live.com', 'live.jp', 'msn.com'],
    services: [
      tls('imap', 'outlook.office365.com'),
      tls('pop3', 'outlook.office365.com'),
      submission('smtp-mail.outlook.com'),
    ],
    login: 'oauth',
    note: note(
      'It takes no password from programs any more: only OAuth 2.0 (Modern authentication), in which the owner signs in once in a browser. IMAP and POP have to be allowed in the settings of the mailbox.',
      'ソフトからのパスワードによるログインは廃止されています。所有者がブラウザーで一度サインインして許可する方式（OAuth 2.0、先進認証）だけが使えます。IMAP と POP は、メールボックスの設定で許可しておく必要があります。',
    ),
    ...ispdb,
  },
  {
    id: 'microsoft-365',
    name: named('Microsoft 365'),
    servers: ['mail.protection.outlook.com', 'mx.microsoft', 'autodiscover.outlook.com'],
    domains: ['onmicrosoft.com'],
    services: [
      tls('imap', 'outlook.office365.com'),
      tls('pop3', 'outlook.office365.com'),
      submission('smtp.office365.com'),
    ],
    login: 'oauth',
    note: note(
      'It takes OAuth 2.0 (Modern authentication) only; a password works, if at all, for sending where an administrator has allowed SMTP AUTH, and is switched off by default by the end of December 2026. IMAP, POP and SMTP AUTH can be switched off for each mailbox and for the organisation.',
      'OAuth 2.0（先進認証）だけが使えます。パスワードが使えるとしても、管理者が SMTP AUTH を許可した送信だけで、2026 年 12 月末までに既定で無効になります。IMAP、POP、SMTP AUTH は、メールボックスごと、組織ごとに無効にされていることがあります。',
    ),
    ...ispdb,
  },
  {
    id: 'google',
    name: named('Google (Gmail, Workspace)', 'Google（Gmail、Workspace）'),
    servers: ['google.com', 'googlemail.com'],
    domains: ['gmail.com', 'googlemail.com'],
    services: [
      tls('imap', 'imap.gmail.com'),
      tls('pop3', 'pop.gmail.com'),
      tls('smtp', 'smtp.gmail.com'),
      submission('smtp.gmail.com'),
    ],
    login: 'oauth-or-app-password',
    note: note(
      'The account password is refused: use OAuth 2.0, or an app password (needs two-step verification; an administrator of Workspace may have forbidden it). At most 15 IMAP connections at a time.',
      'アカウントのパスワードは拒否されます。OAuth 2.0 か、アプリ パスワード（2 段階認証が必要。Workspace では管理者が禁止していることがあります）を使ってください。IMAP の同時接続は 15 までです。',
    ),
    ...ispdb,
  },
  {
    id: 'yahoo-japan',
    name: named('Yahoo! JAPAN'),
    servers: ['mail.yahoo.co.jp', 'yahoo.co.jp'],
    domains: ['yahoo.co.jp', 'ymail.ne.jp'],
    services: [
      tls('imap', 'imap.mail.yahoo.co.jp', 'local-part'),
      tls('pop3', 'pop.mail.yahoo.co.jp', 'local-part'),
      tls('smtp', 'smtp.mail.yahoo.co.jp', 'local-part'),
    ],
    login: 'password',
    note: note(
      'The login name is the part before the @. Access by other programs has to be allowed in the settings of the web mail ("IMAP/POP/SMTP access"), and an account whose password is switched off takes no program at all.',
      'ユーザー名は「@」より前の部分です。Web メールの設定「IMAP/POP/SMTP アクセス」で、ほかのソフトからの利用を有効にする必要があります。パスワードを無効にしているアカウントには、ソフトからログインできません。',
    ),
    ...ispdb,
  },
  {
    id: 'yahoo',
    name: named('Yahoo'),
    servers: ['yahoodns.net'],
    domains: ['yahoo.com', 'ymail.com', 'rocketmail.com', 'myyahoo.com'],
    services: [
      tls('imap', 'imap.mail.yahoo.com'),
      tls('pop3', 'pop.mail.yahoo.com'),
      tls('smtp', 'smtp.mail.yahoo.com'),
    ],
    login: 'oauth-or-app-password',
    note: externalPassword,
    ...ispdb,
  },
  {
    id: 'icloud',
    name: named('iCloud'),
    servers: ['mail.icloud.com'],
    domains: ['icloud.com', 'me.com', 'mac.com'],
    services: [
      tls('imap', 'imap.mail.me.com', 'local-part'),
      { protocol: 'imap', host: 'imap.mail.me.com', port: 993, security: 'tls', username: 'address' },
      submission('smtp.mail.me.com'),
    ],
    login: 'app-password',
    note: note(
      'It takes an app-specific password only (account.apple.com, Sign-In and Security). The login name is the part before the @ for IMAP and the whole address for SMTP.',
      'アプリ用パスワード（account.apple.com の「サインインとセキュリティ」で作成）だけが使えます。ユーザー名は、IMAP では「@」より前の部分、SMTP ではアドレス全体です。',
    ),
    ...ispdb,
  },
  ...['zoho.jp', 'zoho.eu', 'zoho.in', 'zoho.com.au', 'zohocloud.ca', 'zoho.com'].map(zohoRegion),
  {
    id: 'fastmail',
    name: named('Fastmail'),
    servers: ['messagingengine.com'],
    domains: ['fastmail.com', 'fastmail.fm'],
    services: [tls('imap', 'imap.fastmail.com'), tls('pop3', 'pop.fastmail.com'), tls('smtp', 'smtp.fastmail.com')],
    login: 'app-password',
    note: externalPassword,
    ...ispdb,
  },
  {
    id: 'gmx.net',
    name: named('GMX'),
    servers: ['emig.gmx.net', 'gmx.net'],
    domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch'],
    services: [
      tls('imap', 'imap.gmx.net'),
      tls('pop3', 'pop.gmx.net'),
      tls('smtp', 'mail.gmx.net'),
      submission('mail.gmx.net'),
    ],
    login: 'password',
    note: note(
      'Access by POP3 and IMAP has to be allowed once in the settings of the web mail.',
      'POP3 と IMAP の利用を、Web メールの設定で一度許可する必要があります。',
    ),
    ...ispdb,
  },
  {
    id: 'gmx.com',
    name: named('GMX (gmx.com)'),
    servers: ['gmx.com'],
    domains: ['gmx.com', 'gmx.us', 'gmx.co.uk', 'gmx.fr', 'gmx.es'],
    services: [
      tls('imap', 'imap.gmx.com'),
      tls('pop3', 'pop.gmx.com'),
      tls('smtp', 'mail.gmx.com'),
      submission('mail.gmx.com'),
    ],
    login: 'password',
    note: note(
      'Access by POP3 and IMAP has to be allowed once in the settings of the web mail.',
      'POP3 と IMAP の利用を、Web メールの設定で一度許可する必要があります。',
    ),
    ...ispdb,
  },
  {
    id: 'yandex',
    name: named('Yandex'),
    servers: ['mx.yandex.net', 'mx.yandex.ru'],
    domains: ['yandex.com', 'yandex.ru', 'ya.ru'],
    services: [tls('imap', 'imap.yandex.com'), tls('pop3', 'pop.yandex.com'), tls('smtp', 'smtp.yandex.com')],
    login: 'app-password',
    note: note(
      'IMAP has to be switched on in the settings of the web mail, and an app password is used in place of the account password.',
      'Web メールの設定で IMAP を有効にし、アカウントのパスワードの代わりにアプリ パスワードを使う必要があります。',
    ),
    ...ispdb,
  },
  ...(['163.com', '126.com'] as const).map(
    (domain): Provider => ({
      id: `netease-${domain}`,
      name: named(`NetEase ${domain}`, `網易 ${domain}`),
      servers: [`${domain.slice(0, 3)}mx00.mxmail.netease.com`, `${domain.slice(0, 3)}mx01.mxmail.netease.com`],
      domains: [domain],
      services: [tls('imap', `imap.${domain}`), tls('smtp', `smtp.${domain}`)],
      login: 'authorisation-code',
      note: note(
        'It takes an authorisation code in place of the password, and IMAP clients have to send ID. Both are set up in the settings of the web mail.',
        'パスワードの代わりに認可コード（授権碼）を使います。IMAP では ID コマンドを送るソフトだけが使えます。どちらも Web メールの設定で有効にします。',
      ),
      ...ispdb,
    }),
  ),
  {
    id: 'qq',
    name: named('QQ Mail', 'QQ メール'),
    servers: ['mx1.qq.com', 'mx2.qq.com', 'mx3.qq.com'],
    domains: ['qq.com', 'foxmail.com'],
    services: [tls('imap', 'imap.qq.com'), tls('smtp', 'smtp.qq.com')],
    login: 'authorisation-code',
    note: note(
      'It takes an authorisation code in place of the password; IMAP and SMTP have to be switched on in the settings of the web mail.',
      'パスワードの代わりに認可コード（授権碼）を使います。IMAP と SMTP を Web メールの設定で有効にする必要があります。',
    ),
    ...ispdb,
  },
  {
    id: 'ocn',
    name: named('OCN'),
    servers: ['ocn.ad.jp', 'ocn.ne.jp'],
    domains: ['ocn.ne.jp'],
    services: [tls('pop3', 'pop.ocn.ne.jp'), tls('imap', 'imap.ocn.ne.jp'), tls('smtp', 'smtp.ocn.ne.jp')],
    login: 'password',
    ...ispdb,
  },
  {
    id: 'biglobe',
    name: named('BIGLOBE'),
    servers: ['biglobe.ne.jp'],
    domains: ['biglobe.ne.jp'],
    services: [
      tls('imap', 'mail.biglobe.ne.jp'),
      tls('pop3', 'mail.biglobe.ne.jp'),
      tls('smtp', 'mail.biglobe.ne.jp'),
      submission('mail.biglobe.ne.jp'),
    ],
    login: 'password',
    ...ispdb,
  },
  {
    id: 'nifty',
    name: named('@nifty'),
    servers: ['nifty.com'],
    domains: ['nifty.com'],
    services: [
      tls('imap', 'imap.nifty.com', 'local-part'),
      tls('pop3', 'pop.nifty.com', 'local-part'),
      tls('smtp', 'smtp.nifty.com', 'local-part'),
      submission('smtp.nifty.com', 'local-part'),
    ],
    login: 'password',
    note: note(
      'The login name is the part before the @, or the @nifty ID; mail has a password of its own there.',
      'ユーザー名は「@」より前の部分か @nifty ID です。メール用のパスワードが別にあります。',
    ),
    ...ispdb,
    sure: false,
  },
  {
    id: 'softbank',
    name: named('SoftBank (i.softbank.jp)', 'ソフトバンク（i.softbank.jp）'),
    servers: ['softbank.jp'],
    domains: ['i.softbank.jp'],
    services: [tls('imap', 'imap.softbank.jp', 'local-part'), tls('smtp', 'smtp.softbank.jp', 'local-part')],
    login: 'password',
    ...ispdb,
  },
  {
    id: 'iijmio',
    name: named('IIJmio'),
    servers: ['iijmio-mail.jp'],
    domains: ['iijmio-mail.jp', 'miomio.jp', 'miobox.jp'],
    services: [upgraded('pop3', 'mbox.iijmio-mail.jp', 'other'), submission('mbox.iijmio-mail.jp', 'other')],
    login: 'password',
    note: note(
      'The login name is the address with a dot in place of the @ (sales.example.jp).',
      'ユーザー名は、アドレスの「@」を「.」に置き換えたものです（例: sales.example.jp）。',
    ),
    ...ispdb,
  },
  {
    id: 'sakura',
    name: named('Sakura Internet (rental server)', 'さくらインターネット（レンタルサーバ）'),
    servers: ['sakura.ne.jp'],
    notServers: ['vs.sakura.ne.jp'],
    domains: ['sakura.ne.jp'],
    services: onMx,
    login: 'password',
    note: note(
      'Use the initial domain (NAME.sakura.ne.jp) as the host, since the certificate is made out for it; with the own domain as host, the names do not match. Several refused logins lock out the asking address for a while, and access from abroad may be switched off in the control panel.',
      'サーバー名には初期ドメイン（「○○.sakura.ne.jp」）を使ってください。証明書は初期ドメインに対して発行されているため、独自ドメインを指定すると名前が一致しません。ログインに何度も失敗すると、しばらく接続できなくなります。国外からの利用は、コントロールパネルで制限されていることがあります。',
    ),
    ...common,
  },
  {
    id: 'xserver',
    name: named('XSERVER', 'エックスサーバー'),
    servers: ['xserver.jp', 'xserver.ne.jp', 'xbiz.jp'],
    domains: ['xsrv.jp'],
    services: onMx,
    login: 'password',
    note: note(
      "The host is the server's own name (svNNNN.xserver.jp, in the server panel). Sending from outside Japan is refused until it is allowed in the panel.",
      'サーバー名は、契約サーバーの名前（サーバーパネルに表示される svNNNN.xserver.jp）です。国外からの SMTP 認証は、サーバーパネルで制限を解除するまで拒否されます。',
    ),
    source: "https://threedplus.co.jp/2025/05/26/ (after the provider's manual)",
    asOf: '2025-05-26',
    sure: true,
  },
  {
    id: 'lolipop',
    name: named('Lolipop!', 'ロリポップ！'),
    servers: ['lolipop.jp'],
    domains: ['lolipop.jp'],
    services: [tls('imap', 'imap.lolipop.jp'), tls('pop3', 'pop.lolipop.jp'), tls('smtp', 'smtp.lolipop.jp')],
    login: 'password',
    ...common,
  },
  {
    id: 'muumuu',
    name: named('Muumuu Mail', 'ムームーメール'),
    servers: ['muumuu-mail.com'],
    domains: ['muumuu-mail.com'],
    services: [
      tls('imap', 'imap4.muumuu-mail.com'),
      tls('pop3', 'pop3.muumuu-mail.com'),
      tls('smtp', 'smtp.muumuu-mail.com'),
      submission('smtp.muumuu-mail.com'),
    ],
    login: 'password',
    ...common,
  },
  {
    id: 'heteml',
    name: named('heteml', 'ヘテムル'),
    servers: ['heteml.jp'],
    domains: ['heteml.jp'],
    services: [
      tls('imap', 'imap4.heteml.jp'),
      tls('pop3', 'pop3.heteml.jp'),
      tls('smtp', 'smtp.heteml.jp'),
      submission('smtp.heteml.jp'),
    ],
    login: 'password',
    ...common,
  },
  {
    id: 'kagoya',
    name: named('KAGOYA', 'カゴヤ・ジャパン'),
    servers: ['kagoya.net', 'kagoya.com'],
    notServers: ['vir.kagoya.net'],
    domains: ['kagoya.net'],
    services: [
      tls('imap', 'imap.kagoya.net', 'other'),
      tls('pop3', 'pop.kagoya.net', 'other'),
      submission('smtp.kagoya.net', 'other'),
      tls('smtp', 'smtp.kagoya.net', 'other'),
    ],
    login: 'password',
    note: note(
      'The login name is the name of the mail account (ACCOUNT.NAME, in the control panel), not the address: give it with --username.',
      'ユーザー名はメールアドレスではなく、メールアカウント名（コントロールパネルに表示される「アカウント名.任意の文字列」）です。--username で指定してください。',
    ),
    source:
      'http://support.kagoya.jp/kir/manual/add_mailaccount/index.html (login name); hosts: settings in public use',
    asOf: '2026-11-25',
    sure: false,
  },
  {
    id: 'onamae',
    name: named('Onamae.com (rental server)', 'お名前.com（レンタルサーバー）'),
    servers: ['onamae.ne.jp', 'gmoserver.jp'],
    domains: [],
    services: [
      ...onMx,
      tls('imap', 'imap.{domain}'),
      tls('pop3', 'pop.{domain}'),
      tls('smtp', 'smtp.{domain}'),
      submission('smtp.{domain}'),
    ],
    login: 'password',
    note: note(
      "The certificate is made out for the provider's own host name: with smtp.YOURDOMAIN as host, the names do not match.",
      '証明書は事業者のサーバー名に対して発行されているため、「smtp.（独自ドメイン）」を指定すると名前が一致しません。',
    ),
    source: 'https://help.onamae.com/answer/9537 (ports, login name, certificate); MX host: settings in public use',
    asOf: '2026-11-25',
    sure: false,
  },
  {
    id: 'conoha',
    name: named('ConoHa WING'),
    servers: ['conoha.ne.jp', 'conoha.io'],
    domains: [],
    services: onMx,
    login: 'password',
    ...common,
  },
  {
    id: 'cpi',
    name: named('CPI'),
    servers: ['secure.ne.jp', 'secure.jp', 'cpi.ad.jp'],
    domains: [],
    services: onMx,
    login: 'password',
    ...common,
  },
  {
    id: 'wadax',
    name: named('WADAX'),
    servers: ['wadax.ne.jp', 'wadax-sv.jp'],
    domains: [],
    services: onMx,
    login: 'password',
    ...common,
  },
];
