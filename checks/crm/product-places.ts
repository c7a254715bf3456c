import type { Text } from '../../src/model/text.ts';
import { sameProduct } from '../../src/reason/web-products.ts';
import { both } from '../auth/words.ts';

/** Where a person finds things in the screens of a product, as its menus are called in each language. */
interface Places {
  /** Users: their state, their password. */
  readonly users: Text;
  /** Where a key for the API is made. */
  readonly key: Text;
  /** Where rights are given, and which ones crm-doctor needs; absent where the connector says both with each refusal. */
  readonly rights?: Text;
  /** How its API is switched on. */
  readonly api: Text;
  /** What its address looks like. */
  readonly address: Text;
  /** How an account is let in again. */
  readonly unlock?: Text;
}

const odoo: Places = {
  users: both('Settings > Users & Companies > Users', '［設定］→［ユーザーと会社］→［ユーザー］'),
  key: both(
    'in Odoo, signed in as that user: the avatar > My Profile (Preferences) > Account Security > New API Key',
    'Odoo にそのユーザーでログインし、右上のアバター →［プロフィール］→［アカウントセキュリティ］→［新しい API キー］',
  ),
  rights: both(
    'Settings > Users & Companies > Users > the API user > Administration: Settings (reading mail servers, jobs and logs needs it)',
    '［設定］→［ユーザーと会社］→［ユーザー］→ API ユーザー →［管理］を［設定］にします（メールサーバー、定期ジョブ、ログを読むために必要です）',
  ),
  api: both(
    'Odoo Online needs the Custom plan for the API; on an own server let the proxy pass /jsonrpc (up to Odoo 18) and /json/2 (from 19 on)',
    'Odoo Online で API を使うにはカスタムプランが必要です。自社サーバーでは、リバースプロキシで /jsonrpc（18 まで）と /json/2（19 以降）を通します',
  ),
  address: both(
    'https://crm.example.co.jp (without /web or /odoo)',
    'https://crm.example.co.jp（/web や /odoo は付けません）',
  ),
};

const espocrm: Places = {
  users: both('Administration > API Users (or Users)', '［管理］→［API ユーザー］（または［ユーザー］）'),
  key: both(
    'Administration > API Users > the user > API Key (Generate New API Key)',
    '［管理］→［API ユーザー］→ 対象のユーザー →［API キー］（新しい API キーの生成）',
  ),
  rights: both(
    'Administration > Roles: a role for the API user; the mail accounts and jobs are shown to administrators only, so use an administrator for them',
    '［管理］→［ロール］で API ユーザーのロールを設定します。メールアカウントとジョブは管理者だけが読めるため、管理者のユーザーを使います',
  ),
  api: both(
    'the API is always on; let the web server pass /api/v1 (Apache: mod_rewrite and AllowOverride All)',
    'API は常に有効です。Web サーバーで /api/v1 を通します（Apache は mod_rewrite と AllowOverride All）',
  ),
  address: both(
    'https://crm.example.co.jp (where the login page opens, without #)',
    'https://crm.example.co.jp（ログイン画面のアドレスから # 以降を除いたもの）',
  ),
  unlock: both(
    'Administration > Authentication > Max failed attempts: the lock ends by itself after the period given there',
    '［管理］→［認証］の失敗回数の上限を確認します。そこに書かれた時間がたつと自動的に解除されます',
  ),
};

const suitecrm: Places = {
  users: both('Admin > User Management', '［管理］→［ユーザー管理］'),
  key: both(
    'Admin > OAuth2 Clients and Tokens > New Client Credentials Client',
    '［管理］→［OAuth2 クライアントとトークン］→ クライアント認証情報のクライアントを新規作成',
  ),
  rights: both(
    'Admin > OAuth2 Clients and Tokens > the client > Associated User, and Admin > Role Management for that user',
    '［管理］→［OAuth2 クライアントとトークン］→ クライアントの関連ユーザーと、［管理］→［ロール管理］',
  ),
  api: both(
    'public.key and private.key (mode 600 or 660) under Api/V8/OAuth2, and oauth2_encryption_key in config.php',
    'Api/V8/OAuth2 の public.key と private.key（権限 600 か 660）、config.php の oauth2_encryption_key',
  ),
  address: both(
    'https://crm.example.co.jp (SuiteCRM 8: without /public and /legacy)',
    'https://crm.example.co.jp（SuiteCRM 8 でも /public や /legacy は付けません）',
  ),
};

const dolibarr: Places = {
  users: both('Home > Users & Groups', '［ホーム］→［ユーザーとグループ］'),
  key: both(
    'Home > Users & Groups > the user > Modify > API key (Generate)',
    '［ホーム］→［ユーザーとグループ］→ 対象のユーザー →［変更］→［API キー］（生成）',
  ),
  rights: both(
    'Home > Users & Groups > the user > Permissions; constants are shown to administrators only',
    '［ホーム］→［ユーザーとグループ］→ 対象のユーザー →［権限］。設定値は管理者だけが読めます',
  ),
  api: both(
    'Home > Setup > Modules > Interfaces with external systems > API/Web services (REST server)',
    '［ホーム］→［設定］→［モジュール］→［外部システムとのインターフェース］→［API / Web サービス（REST サーバー）］',
  ),
  address: both(
    'https://crm.example.co.jp (the folder in which index.php of Dolibarr lies)',
    'https://crm.example.co.jp（Dolibarr の index.php があるフォルダーのアドレス）',
  ),
};

const twenty: Places = {
  users: both('Settings > Members', '［設定］→［メンバー］'),
  key: both('Settings > APIs & Webhooks > Create API key', '［設定］→［API と Webhook］→ API キーを作成'),
  api: both(
    'the API is always on; let the proxy pass /rest and /graphql',
    'API は常に有効です。リバースプロキシで /rest と /graphql を通します',
  ),
  address: both(
    'https://crm.example.co.jp (SERVER_URL of the installation)',
    'https://crm.example.co.jp（インストール時の SERVER_URL）',
  ),
};

const vtiger: Places = {
  users: both('Settings > User Management > Users', '［設定］→［ユーザー管理］→［ユーザー］'),
  key: both(
    'My Preferences > User Advanced Options > Access Key',
    '［マイプロファイル］→［ユーザー詳細オプション］→［アクセスキー］',
  ),
  rights: both(
    'Settings > User Management > Roles and Profiles',
    '［設定］→［ユーザー管理］→［役割］と［プロファイル］',
  ),
  api: both('let the web server pass webservice.php', 'Web サーバーで webservice.php を通します'),
  address: both(
    'https://crm.example.co.jp (the folder in which webservice.php lies)',
    'https://crm.example.co.jp（webservice.php があるフォルダーのアドレス）',
  ),
};

const tryton: Places = {
  users: both('Administration > Users > Users', '［管理］→［ユーザー］→［ユーザー］'),
  key: both(
    'Administration > Users > Users: set a new password there',
    '［管理］→［ユーザー］→［ユーザー］で新しいパスワードを設定します',
  ),
  rights: both(
    'Administration > Users > Groups: add the API user to the group that may read it (Administration for jobs and triggers)',
    '［管理］→［ユーザー］→［グループ］で、読み取りを許可するグループに API ユーザーを追加します（ジョブやトリガーは［管理］グループ）',
  ),
  api: both(
    'trytond answers JSON-RPC by itself; let the proxy pass POST to / and to the database',
    'JSON-RPC は trytond が直接応答します。リバースプロキシで / とデータベース名への POST を通します',
  ),
  address: both(
    'https://crm.example.co.jp:8000 ([web] listen in trytond.conf)',
    'https://crm.example.co.jp:8000（trytond.conf の［web］listen）',
  ),
  unlock: both(
    'trytond lets nobody in for 5 minutes after 5 wrong logins ([session] max_attempt, timeout)',
    'trytond は 5 回の失敗で 5 分間ログインを受け付けません（［session］max_attempt、timeout）',
  ),
};

const frappe: Places = {
  users: both('User list > the user > Enabled', '［ユーザー］→ 対象のユーザー →［有効］'),
  key: both(
    'User > the user > Settings > API Access > Generate Keys (key and secret as key:secret)',
    '［ユーザー］→ 対象のユーザー →［設定］→［API アクセス］→ キーの生成（「キー:シークレット」の形で指定）',
  ),
  rights: both(
    'User > the user > Roles: System Manager (Email Account, jobs and logs need it)',
    '［ユーザー］→ 対象のユーザー →［ロール］に System Manager を追加します（メールアカウント、ジョブ、ログに必要です）',
  ),
  api: both('the API is always on; let the proxy pass /api', 'API は常に有効です。リバースプロキシで /api を通します'),
  address: both(
    'https://crm.example.co.jp (the name of the site, without /app or /desk)',
    'https://crm.example.co.jp（サイトのアドレス。/app や /desk は付けません）',
  ),
};

const salesforce: Places = {
  users: both('Setup > Users > Users', '［設定］→［ユーザー］→［ユーザー］'),
  key: both(
    'Setup > App Manager (or External Client App Manager) > the app > Consumer Key and Secret',
    '［設定］→［アプリケーションマネージャー］（または外部クライアントアプリケーションマネージャー）→ 対象のアプリ →［コンシューマー鍵と秘密］',
  ),
  api: both(
    'the API belongs to Enterprise, Unlimited, Performance and Developer Edition; in Professional it is an add-on',
    'API は Enterprise、Unlimited、Performance、Developer Edition で使えます。Professional では追加契約が必要です',
  ),
  address: both('https://MYDOMAIN.my.salesforce.com', 'https://（私のドメイン名）.my.salesforce.com'),
  unlock: both('Setup > Users > the user > Unlock', '［設定］→［ユーザー］→ 対象のユーザー →［ロック解除］'),
};

const hubspot: Places = {
  users: both('Settings > Users & Teams', '［設定］→［ユーザーとチーム］'),
  key: both('Development > Legacy apps > the app > Auth', '［開発］→［レガシーアプリ］→ 対象のアプリ →［認証］'),
  api: both('what an account may use hangs on its subscription', '使える API は契約プランによります'),
  address: both('https://api.hubapi.com', 'https://api.hubapi.com'),
};

const zoho: Places = {
  users: both('Setup > General > Users', '［設定］→［一般］→［ユーザー］'),
  key: both(
    'https://api-console.zoho.com (of your data centre) > the client > Client Secret, and a new refresh token',
    'https://api-console.zoho.com（ご利用のデータセンターのもの）→ 対象のクライアント →［クライアントシークレット］と新しいリフレッシュトークン',
  ),
  api: both('the API belongs to the paid editions', 'API は有料プランで使えます'),
  address: both(
    'https://www.zohoapis.com (.jp, .eu, .in by data centre)',
    'https://www.zohoapis.jp（データセンターにより .com、.eu、.in など）',
  ),
};

const dynamics: Places = {
  users: both(
    'Power Platform admin center > Environments > Settings > Users + permissions > Application users',
    'Power Platform 管理センター →［環境］→［設定］→［ユーザーとアクセス許可］→［アプリケーション ユーザー］',
  ),
  key: both(
    'Microsoft Entra admin center > App registrations > the app > Certificates & secrets > New client secret',
    'Microsoft Entra 管理センター →［アプリの登録］→ 対象のアプリ →［証明書とシークレット］→［新しいクライアント シークレット］',
  ),
  api: both('the environment needs a Dataverse database', '環境に Dataverse のデータベースが必要です'),
  address: both(
    'https://ORGANISATION.crm.dynamics.com (crm7 for Japan)',
    'https://（組織名）.crm7.dynamics.com（日本リージョンの場合）',
  ),
};

const pipedrive: Places = {
  users: both('Settings > Company settings > Manage users', '［設定］→［会社設定］→［ユーザー管理］'),
  key: both('Personal preferences > API > Your personal API token', '［個人設定］→［API］→ 個人用の API トークン'),
  api: both(
    'Settings > Manage users > Permission sets > "Use API"',
    '［設定］→［ユーザー管理］→［権限セット］→「API の使用」',
  ),
  address: both('https://COMPANY.pipedrive.com', 'https://（会社名）.pipedrive.com'),
};

const kintone: Places = {
  users: both('cybozu.com Administration > Departments & Users', 'cybozu.com 共通管理 →［組織／ユーザーの設定］'),
  key: both('App Settings > API Token > Generate', '［アプリの設定］→［API トークン］→［生成する］'),
  api: both('the API belongs to the Standard course and above', 'API はスタンダードコース以上で使えます'),
  address: both('https://SUBDOMAIN.cybozu.com', 'https://（サブドメイン）.cybozu.com'),
};

const requestTracker: Places = {
  users: both('Admin > Users > Select', '［管理］→［ユーザー］→［選択］'),
  key: both(
    'Logged in as … > Settings > Auth Tokens > Create',
    '右上の［…としてログイン中］→［設定］→［Auth Tokens］→ 作成',
  ),
  rights: both(
    'Admin > Global > User Rights (or Group Rights) and Admin > Queues > Group Rights: SeeQueue, ShowTicket, AdminUsers …',
    '［管理］→［全体］→［ユーザー権限］（グループ権限）と、［管理］→［キュー］→［グループ権限］で、SeeQueue、ShowTicket、AdminUsers などを付与します',
  ),
  api: both(
    'REST 2.0 is part of RT 5; in RT 4.4 it is the extension RT::Extension::REST2. The web server must pass the header Authorization (Apache: CGIPassAuth On)',
    'REST 2.0 は RT 5 に含まれます（RT 4.4 では拡張 RT::Extension::REST2）。Web サーバーが Authorization ヘッダーを渡す必要があります（Apache は CGIPassAuth On）',
  ),
  address: both(
    'https://rt.example.co.jp or https://example.co.jp/rt ($WebDomain and $WebPath)',
    'https://rt.example.co.jp または https://example.co.jp/rt（$WebDomain と $WebPath）',
  ),
};

const znuny: Places = {
  users: both('Admin > Agents', '［管理］→［エージェント］'),
  key: both('Admin > Agents > the agent > Password', '［管理］→［エージェント］→ 対象のエージェント →［パスワード］'),
  rights: both('Admin > Agents <-> Groups', '［管理］→［エージェント <-> グループ］'),
  api: both(
    'Admin > Web Services: a web service with the operations Session and Ticket',
    '［管理］→［Web サービス］で、Session と Ticket の操作を持つ Web サービスを追加します',
  ),
  address: both('https://crm.example.co.jp/znuny', 'https://crm.example.co.jp/znuny'),
};

const known: Readonly<Record<string, Places>> = {
  odoo,
  espocrm,
  suitecrm,
  dolibarr,
  twenty,
  vtiger,
  tryton,
  frappe,
  salesforce,
  hubspot,
  zoho,
  dynamics,
  pipedrive,
  kintone,
  'request-tracker': requestTracker,
  znuny,
};

/** For a product whose screens are not known here. */
export const anyProduct = {
  users: both('the list of users of the CRM', 'CRM のユーザー一覧'),
  key: both('the settings of the API user in the CRM', 'CRM の API ユーザーの設定画面'),
  rights: both('the role of the API user in the CRM', 'CRM の API ユーザーのロール'),
  api: both('the settings of the API in the CRM', 'CRM の API の設定'),
  address: both('https://crm.example.co.jp', 'https://crm.example.co.jp'),
} as const satisfies Places;

export const placesOf = (type: string): Places =>
  Object.entries(known).find(([id]) => sameProduct(id, type))?.[1] ?? anyProduct;
