import type { Topic } from '../topic.ts';

export const formats: Topic = {
  name: 'formats',
  title: { en: 'Formats of a report', ja: 'レポートの形式' },
  parts: [
    {
      kind: 'text',
      text: {
        en: '--format NAME writes to standard output, --format NAME=FILE into a file; repeat it for several. At most one goes to standard output. Progress and messages go to standard error.',
        ja: '--format 名前 で標準出力に、--format 名前=ファイル でファイルに書きます。繰り返して複数指定できますが、標準出力に出せるのは 1 つです。進み具合やメッセージは標準エラー出力に出ます。',
      },
    },
    {
      kind: 'list',
      rows: [
        { term: 'text', about: { en: 'for people, the default', ja: '人が読むための形式（省略時）' } },
        {
          term: 'json',
          about: {
            en: 'everything, as schema/crm-doctor-report.v1.json describes it, with what is counted and what is estimated; --json is the same',
            ja: 'すべての情報。形と、数値が全件の集計か標本からの推定かは schema/crm-doctor-report.v1.json のとおり。--json と同じ',
          },
        },
        { term: 'ndjson', about: { en: 'the same, an entry a line', ja: '同じ内容を 1 行に 1 件ずつ' } },
        {
          term: 'html',
          about: {
            en: 'one page without anything from elsewhere; prints well',
            ja: '単独で開ける 1 ページ。印刷もできる',
          },
        },
        { term: 'markdown', about: { en: 'for tickets and chats', ja: 'チケットやチャットに貼るための形式' } },
        { term: 'junit', about: { en: 'test results for CI', ja: 'CI のテスト結果' } },
        {
          term: 'sarif',
          about: { en: 'findings in files, for code scanning', ja: 'コードスキャン向けの、ファイルごとの指摘' },
        },
        { term: 'github', about: { en: 'annotations of GitHub Actions', ja: 'GitHub Actions の注釈' } },
        {
          term: 'nagios',
          about: { en: 'a plugin line with its exit code', ja: '監視プラグインの 1 行と、その終了コード' },
        },
        { term: 'openmetrics', about: { en: 'for Prometheus', ja: 'Prometheus 向けの数値' } },
      ],
    },
    {
      kind: 'lines',
      lines: [
        'crm-doctor check --format html=report.html --format junit=report.xml',
        'crm-doctor mail --json | jq .diagnoses',
      ],
    },
  ],
};
