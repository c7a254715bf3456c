import type { Text } from '../../model/text.ts';

/** What a server says when it stops at a limit or cannot reach another one, and what helps. Patterns stay linear. */
const advice: readonly (readonly [like: RegExp, en: string, ja: string])[] = [
  [
    /Memory limit .{0,80}exceeded/,
    'let its user have more memory (max_memory_usage), compare fewer columns (ignore:), or take engine: local',
    'ユーザーのメモリー上限（max_memory_usage）を上げるか、ignore: で比べる列を減らすか、engine: local にしてください',
  ],
  [
    /Timeout exceeded|due to statement timeout|maximum statement execution time/,
    'let its user have more time (max_execution_time, statement_timeout, max_statement_time), or take engine: local',
    'ユーザーのクエリー時間の上限（max_execution_time、statement_timeout、max_statement_time）を上げるか、engine: local にしてください',
  ],
  [
    /Quota .{0,200}exceeded/,
    'wait until the interval of the quota ends, or compare as a user whose quota is larger',
    'クォータの期間が終わるのを待つか、クォータの大きいユーザーで比べてください',
  ],
  [
    /Too many simultaneous queries|too many clients already|remaining connection slots|Too many connections/,
    'run it again when the server has less to do, or raise its limit',
    'サーバーの負荷が低いときにもう一度実行するか、上限を上げてください',
  ],
  [
    /Max query size exceeded/,
    'let its user ask longer queries (max_query_size), or compare fewer columns (ignore:)',
    'ユーザーのクエリーの長さの上限（max_query_size）を上げるか、ignore: で比べる列を減らしてください',
  ],
  [
    /in readonly mode/,
    'a user with readonly = 1 may read tables of that server only; for those of other databases it takes readonly = 2',
    'readonly = 1 のユーザーは、そのサーバーのテーブルしか読み取れません。他のデータベースを読み取るには readonly = 2 が必要です',
  ],
  [
    /Connections? to .{1,200} failed|All connection tries failed|Connection refused \(|Try \d{1,3}\. Connection to/,
    'a server behind it (a shard, or the database that it is to read) does not let it in: see that it runs, and that address, user and password hold from there',
    'そのサーバーから先（シャード、または読み取り先のデータベース）に接続できません。起動していること、アドレス・ユーザー名・パスワードがそのサーバーから見て正しいことを確認してください',
  ],
  [
    /connect (?:ECONNREFUSED|ENOENT|EACCES) \//,
    'see that the server runs on this machine, and that the path of its socket is right and may be opened',
    'サーバーがこのマシンで起動しているか、ソケットのパスと権限が正しいか確認してください',
  ],
  [
    /ECONNREFUSED/,
    'see that the server runs, and that the port is right',
    'サーバーが起動しているか、ポート番号が正しいか確認してください',
  ],
  [
    /self[- ]signed certificate|unable to verify the first certificate|unable to get (?:local )?issuer certificate/i,
    'name the certificate of its authority with ca:',
    'CA の証明書を ca: で指定してください',
  ],
  [
    /<html|Bad Gateway|Gateway Time-?out/i,
    'a proxy answered in its place: name the server itself, or raise the limits of the proxy',
    'サーバーの代わりにプロキシーが応答しました。サーバーを直接指定するか、プロキシーの上限を上げてください',
  ],
];

const looked = 2_000;

/** The next step, where the server's words tell more than the kind of failure does. */
export const adviceOn = (says: string): Text | undefined => {
  const found = advice.find(([like]) => like.test(says.slice(0, looked)));
  return found && { en: found[1], ja: found[2] };
};
