import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sourceFailureWords } from '../../../src/cli/sync/failure-words.ts';

const ja = (says: string): string => sourceFailureWords({ kind: 'refused', what: 'x', says }).ja;

const readers = join(import.meta.dirname, '../../../src/sync/files');
const faults = readdirSync(readers).flatMap((name) =>
  [
    ...readFileSync(join(readers, name), 'utf8').matchAll(/(?:\bsays: |\b(?:malformed|bad)\((?:\w+, )?)'([^']+)'/g),
  ].flatMap(([, says = '']) => says),
);

test('whatever the readers of files say of a fault has its words in Japanese', () => {
  expect(faults.length).toBeGreaterThan(20);
  expect(faults.filter((says) => !/[ぁ-んァ-ヶ一-龠]/.test(ja(says)))).toEqual([]);
});

describe('what drivers and servers say, in Japanese', () => {
  test.each([
    ['getaddrinfo ENOTFOUND db.example', 'ホスト名を解決できません'],
    ['password authentication failed for user "crm"', 'ユーザー名またはパスワードが違います'],
    ['database "crm" does not exist', 'データベースが存在しません'],
    ['canceling statement due to lock timeout', 'テーブルをロックしており'],
    ['permission denied for table people', '読み取りの権限がありません'],
    ['terminating connection due to administrator command', '管理者の操作で接続が切断されました'],
    ["Access denied for user 'crm'@'localhost' (using password: YES)", 'ユーザー名またはパスワードが違うか'],
    ["Table 'crm.people' doesn't exist", 'テーブルが存在しません'],
    ['Connection lost: The server closed the connection.', '接続が途中で切れました'],
    ['file is not a database', 'SQLite のデータベースではない'],
    ['database is locked', 'ほかのプログラムがデータベースを使用中です'],
    [
      'Code: 516. DB::Exception: crm: Authentication failed: password is incorrect',
      'ユーザー名またはパスワードが違います',
    ],
    ['parquet file invalid (footer != PAR1)', 'Parquet ファイルではない'],
    ['parquet unsupported compression codec: ZSTD', '未対応の圧縮形式です'],
    ['several statements; one SELECT is allowed', 'SELECT 文 1 つだけ'],
    ['more than 100 quotes are not closed', '閉じていない引用符が多すぎます'],
    ['its XML is damaged (unexpected end)', 'XML が壊れています'],
    ['it has no xl/workbook.xml', 'ブックに必要な部品がありません'],
    ['other columns than a.csv: without "id"', 'ほかのファイルと列が異なります'],
    ['not utf-8', 'この文字コードではないバイトがあります'],
  ])('%s', (says, means) => {
    expect(ja(says)).toContain(means);
    // Who searches for the words of the driver finds them.
    expect(ja(says)).toContain(`（${says}）`);
    expect(sourceFailureWords({ kind: 'refused', what: 'x', says }).en).toBe(`x: ${says}`);
  });

  test.each([
    ['Memory limit (total) exceeded: would use 9.31 GiB', 'max_memory_usage', 'メモリー上限'],
    ['Timeout exceeded: elapsed 60.001 seconds, maximum: 60.', 'max_execution_time', 'クエリー時間の上限'],
    ['Quota for user `crm` for 3600s has been exceeded: queries = 101/100.', 'quota', 'クォータ'],
    ['Max query size exceeded', 'max_query_size', 'max_query_size'],
    ['default: Cannot execute query in readonly mode.', 'readonly = 2', 'readonly = 2'],
    ['All connection tries failed. Log: ', 'a shard', 'シャード'],
    ['Connections to mysql failed: crm@10.0.0.1:3306 as user crm, ERROR 1045', 'from there', 'そのサーバーから見て'],
    ['self-signed certificate in certificate chain', 'ca:', 'ca:'],
    ['<html><body><h1>502 Bad Gateway</h1></body></html>', 'a proxy', 'プロキシー'],
    ['connect ENOENT /run/mysqld/mysqld.sock', 'the path of its socket', 'ソケットのパス'],
    ['connect ECONNREFUSED /run/mysqld/mysqld.sock', 'the path of its socket', 'ソケットのパス'],
    [
      'connect ECONNREFUSED 127.0.0.1:5432',
      'the server runs',
      '接続を拒否されました（connect ECONNREFUSED 127.0.0.1:5432）',
    ],
  ])('what helps where a server says %s', (says, en, inJapanese) => {
    for (const failure of [
      { kind: 'refused', what: 'x', says },
      { kind: 'interrupted', what: 'x', says, after: 0 },
      { kind: 'unreachable', what: 'x', says },
    ] as const) {
      expect(sourceFailureWords(failure).en).toContain(en);
      expect(sourceFailureWords(failure).ja).toContain(inJapanese);
      // One next step, not the usual one behind it.
      expect(sourceFailureWords(failure).ja.match(/ください/g)?.length ?? 0).toBeLessThan(2);
    }
  });

  test.each([
    [
      { kind: 'not-found', what: 'table a of crm', says: 'database "crm" does not exist' },
      'table a of crm is not there: database "crm" does not exist; check its name',
      'データベースが存在しません',
    ],
    [{ kind: 'not-found', what: 'a.csv' }, 'check its name and place', '名前と場所を確認してください'],
    [
      { kind: 'not-found', what: 'a.csv', hint: ['x'.repeat(90)] },
      `; there are, for example, ${'x'.repeat(60)}…`,
      `${'x'.repeat(60)}…`,
    ],
    [{ kind: 'not-data', what: 'a', says: 'it is a directory' }, '; name an export', 'エクスポートを指定してください'],
    [
      { kind: 'not-data', what: 'a', says: 'a tar archive: unpack it first', told: true },
      ': unpack it first',
      '先に展開してください',
    ],
    // A colon alone is no advice.
    [
      { kind: 'not-data', what: 'a', says: 'disk image: malformed, or encrypted' },
      'encrypted; name an export',
      'エクスポートを指定してください',
    ],
    [
      { kind: 'unreachable', what: 'me@db:9000', says: 'nobody', cluster: true },
      'cluster me@db:9000 does not answer',
      'クラスター me@db:9000 から応答がありません',
    ],
    [{ kind: 'malformed', what: 'a', says: 'it ends in the middle', line: 3 }, '(line 3)', '作り直してください'],
    [{ kind: 'too-large', what: 'a', says: '30000 columns' }, 'or divide it', '分割してください'],
    [{ kind: 'throttled', what: 'a', says: 'HTTP 429', after: 2000 }, 'HTTP 429; try again later', '時間をおいて'],
    [
      { kind: 'throttled', what: 'a', says: 'HTTP 429', after: 0, retryAfterMs: 7_200_000 },
      'try again in 120 min',
      '120 分後に',
    ],
    [
      { kind: 'crm', what: 'a', says: 'HTTP 500', why: 'server-error' },
      'a: its server failed (HTTP 500); try again',
      'a: サーバーでエラーが起きました（HTTP 500）。もう一度',
    ],
    [
      { kind: 'crm', what: 'a', says: 'api-off', why: 'api-off' },
      'a: its API is switched off; let',
      'a: API が無効になっています。管理者',
    ],
    [{ kind: 'interrupted', what: 'a', says: 'ECONNRESET', after: 1234 }, '1,234 records', 'もう一度実行し'],
  ] as const)('a failure says what to do next: %j', (failure, en, ja) => {
    const words = sourceFailureWords(failure);
    expect(words.en).toContain(en);
    expect(words.ja).toContain(ja);
  });

  test('what nobody knows stays as it is', () => {
    expect(ja('something else')).toBe('x: something else');
  });
});
