/** A reason of a driver, a server or the system, and what it means. Patterns stay linear: the words come from outside. */
type Meaning = readonly [like: RegExp, means: string];

const network: readonly Meaning[] = [
  [/ECONNREFUSED/, '接続を拒否されました'],
  [/ENOTFOUND|EAI_AGAIN/, 'ホスト名を解決できません'],
  [/ETIMEDOUT|^timeout expired$|^Timeout error\.?$|connection timeout/i, '時間内に応答がありませんでした'],
  [/EHOSTUNREACH|ENETUNREACH/, 'ホストに到達できません'],
  [/ECONNRESET|EPIPE|socket hang up|^Connection terminated|^Connection lost|^aborted$/, '接続が途中で切れました'],
  [/self[- ]signed certificate/i, 'サーバー証明書が自己署名で、信頼できません'],
  [
    /unable to verify the first certificate|unable to get (?:local )?issuer certificate/i,
    'サーバー証明書の発行元を確認できません',
  ],
  [/certificate has expired/i, 'サーバー証明書の有効期限が切れています'],
  [/does not match certificate's altnames/i, 'ホスト名がサーバー証明書と一致しません'],
  [/does not support (?:SSL|secure) connection/i, 'サーバーが TLS に対応していません'],
];

const postgres: readonly Meaning[] = [
  [/password authentication failed/, 'ユーザー名またはパスワードが違います'],
  [/client password must be/, 'パスワードが指定されていません'],
  [/no pg_hba\.conf entry/, 'サーバーの pg_hba.conf で、この接続元・ユーザーからの接続が許可されていません'],
  [/role "[^"]{1,200}" does not exist/, 'データベースのユーザーが存在しません'],
  [/database "[^"]{1,200}" does not exist/, 'データベースが存在しません'],
  [/relation "[^"]{1,200}" does not exist/, 'テーブルが存在しません'],
  [/column "[^"]{1,200}" does not exist/, '列が存在しません'],
  [/permission denied for/, '読み取りの権限がありません'],
  [/syntax error at/, 'クエリーの構文に誤りがあります'],
  [/terminating connection due to administrator command/, '管理者の操作で接続が切断されました'],
  [/canceling statement due to statement timeout/, 'サーバーのクエリー時間の上限に達しました'],
  [/canceling statement due to lock timeout/, 'ほかの処理がテーブルをロックしており、待ち時間の上限に達しました'],
  [/division by zero/, '0 による除算が起きました'],
  [/canceling statement due to conflict with recovery/, 'レプリカの更新と競合したため中断されました'],
  [/canceling statement due to user request/, 'クエリーが中断されました'],
  [/too many clients already|remaining connection slots/, 'サーバーの接続数が上限に達しています'],
  [/the database system is (?:starting up|shutting down|in recovery mode)/, 'サーバーが起動中または停止中です'],
  [/read-only transaction/, 'クエリーが書き込みを行おうとしました。読み取りだけのクエリーを指定してください'],
];

const mysql: readonly Meaning[] = [
  [/Access denied for user .{1,200} to database/, 'データベースを使う権限がありません'],
  [/Access denied for user/, 'ユーザー名またはパスワードが違うか、この接続元からのログインが許可されていません'],
  [/Unknown database/, 'データベースが存在しません'],
  [/Table '.{1,200}' doesn't exist/, 'テーブルが存在しません'],
  [/Unknown column/, '列が存在しません'],
  [/command denied to user/, '読み取りの権限がありません'],
  [/Too many connections|max_user_connections/, 'サーバーの接続数が上限に達しています'],
  [/is blocked because of many connection errors/, '接続エラーが続いたため、サーバーが接続元を遮断しています'],
  [/is not allowed to connect/, 'この接続元からの接続が許可されていません'],
  [/Server shutdown in progress/, 'サーバーが停止中です'],
  [/Lock wait timeout exceeded/, 'ほかの処理がテーブルをロックしており、待ち時間の上限に達しました'],
  [/Query execution was interrupted|maximum statement execution time/, 'クエリーが中断されました'],
  [/You have an error in your SQL syntax/, 'クエリーの構文に誤りがあります'],
];

const sqlite: readonly Meaning[] = [
  [/file is not a database/, 'SQLite のデータベースではないか、暗号化されています'],
  [/database disk image is malformed/, 'データベースファイルが壊れています'],
  [/database is locked|database table is locked/, 'ほかのプログラムがデータベースを使用中です'],
  [/unable to open database file/, 'データベースファイルを開けません'],
  [/attempt to write a readonly database/, '読み取り専用のデータベースです'],
  [/no such table/, 'テーブルが存在しません'],
  [/no such column/, '列が存在しません'],
  [/disk I\/O error/, 'ディスクの読み取りに失敗しました'],
  [/near "[^"]{0,100}": syntax error/, 'クエリーの構文に誤りがあります'],
];

const clickhouse: readonly Meaning[] = [
  [/Authentication failed|[Ww]rong password|Password required|Unknown user/, 'ユーザー名またはパスワードが違います'],
  [/Database .{1,200} does(?:n't| not) exist/, 'データベースが存在しません'],
  [/Table .{1,200} does(?:n't| not) exist/, 'テーブルが存在しません'],
  [/Not enough privileges|Access denied to database/, '読み取りの権限がありません'],
  [/Memory limit .{0,80}exceeded/, 'サーバーのメモリー上限に達しました'],
  [/Timeout exceeded/, 'サーバーのクエリー時間の上限に達しました'],
  [/Too many simultaneous queries/, 'サーバーで同時に実行できるクエリー数の上限に達しています'],
  [/in readonly mode/, '読み取り専用ユーザーでは実行できないクエリーです'],
  [/(?:Missing columns|Unknown identifier|There is no column)/, '列が存在しません'],
  [/Syntax error/, 'クエリーの構文に誤りがあります'],
  [/(?:Limit for result|max_(?:rows|bytes|result)_)/, 'サーバーの件数・容量の上限に達しました'],
  [/the profile of the user lets results end early/, 'ユーザーの設定により、結果が途中で打ち切られるおそれがあります'],
  [
    /^the answer (?:is empty|ends in the middle of a row)$|^a row of more than/,
    'サーバーの応答を最後まで受け取れません',
  ],
];

const parquet: readonly Meaning[] = [
  [/parquet file invalid|footer != PAR1|parquet file is too short/, 'Parquet ファイルではないか、途中で切れています'],
  [/parquet metadata|thrift struct|parquet requires metadata/, 'Parquet のメタデータが壊れています'],
  [/unsupported compression codec|compression codec/, '未対応の圧縮形式です'],
  [/parquet .{1,80}not supported|unsupported (?:type|encoding)/, '未対応の Parquet の型または形式です'],
  [
    /snappy error|invalid snappy|premature end of input|decompressed page length|missing eof marker/,
    'Parquet の圧縮データが壊れています',
  ],
  [
    /parquet column|parquet dictionary|parquet data page|parquet bitpack|parquet (?:list|map|struct)/,
    'Parquet の列データが壊れています',
  ],
  [/a column chunk over/, 'Parquet の列データが大きすぎます'],
  [/^(?:more than )?\d{1,9} columns$/, '列の数が多すぎます'],
];

/** What is said of a query before anything is sent. */
const statements: readonly Meaning[] = [
  [/^several statements; one SELECT is allowed$/, 'クエリーに複数の文があります。SELECT 文 1 つだけを指定してください'],
  [/^the query does not begin with SELECT or WITH$/, 'クエリーは SELECT または WITH で始めてください'],
  [/^the query takes locks$/, 'クエリーがロックを取得します'],
  [/^a text or comment in the query does not end/, 'クエリーの文字列かコメントが閉じていません'],
  [/^the query has the word /, 'クエリーに書き込みを行う語があります'],
  [/^the query writes$/, 'クエリーが書き込みを行います'],
  [/^a table: or a query: is needed/, 'table: と query: のどちらか一方を指定してください'],
  [/:\/\/.{1,200} are known$/, 'URL の形式が正しくありません'],
];

/** What the readers of files say with a number or a name of the file in it. */
const files: readonly Meaning[] = [
  [/^more than \d{1,9} quotes are not closed$/, '閉じていない引用符が多すぎます'],
  [/^more than \d{1,9} members$/, 'アーカイブ内のファイルが多すぎます'],
  [/^more than \d{1,9} files$/, 'ファイルの数が多すぎます'],
  [/^its XML is damaged/, 'XML が壊れています'],
  [/^it has no xl\//, 'ブックに必要な部品がありません'],
  [/^packed by method/, '未対応の圧縮方式です'],
  [/^the packed data is damaged/, '圧縮データが壊れています'],
  [/^other columns than /, 'ほかのファイルと列が異なります'],
  [/^no encoding is called/, 'その名前の文字コードはありません'],
  [/^not [a-z0-9-]{1,40}$/, 'この文字コードではないバイトがあります'],
];

const all = [...files, ...network, ...postgres, ...mysql, ...sqlite, ...clickhouse, ...parquet, ...statements];
const looked = 500;

/** The meaning in Japanese with the words themselves behind it: who searches for them finds them. */
export const driverInJapanese = (says: string): string => {
  const means = all.find(([like]) => like.test(says.slice(0, looked)))?.[1];
  return means === undefined ? says : `${means}（${says}）`;
};
