import type { Topic } from '../topic.ts';

export const exitCodes: Topic = {
  name: 'exit-codes',
  title: { en: 'What the exit code says', ja: '終了コードの意味' },
  parts: [
    {
      kind: 'list',
      rows: [
        {
          term: '0',
          about: {
            en: 'nothing failed; there may be warnings (--fail-on warn counts them as failed)',
            ja: '異常なし。注意だけのときも 0（--fail-on warn では注意も失敗とみなす）',
          },
        },
        { term: '1', about: { en: 'problems were found', ja: '問題が見つかった' } },
        {
          term: '2',
          about: {
            en: 'the command line or the configuration is wrong; nothing was checked',
            ja: 'コマンドラインか設定ファイルに誤りがあり、何も検査していない',
          },
        },
        {
          term: '3',
          about: {
            en: 'no problem was found, but something that was asked for could not be checked, or crm-doctor itself failed',
            ja: '問題は見つからなかったが、確認できない検査があった。または crm-doctor 自身の不具合',
          },
        },
        {
          term: '130',
          about: {
            en: 'interrupted with Ctrl+C; the partial report is kept',
            ja: 'Ctrl+C で中断。途中までの結果は残る',
          },
        },
        {
          term: '143',
          about: {
            en: 'terminated, or the terminal was closed; the partial report is kept',
            ja: '外から終了させられた、または端末が閉じられた。途中までの結果は残る',
          },
        },
      ],
    },
    {
      kind: 'text',
      text: {
        en: '"Could not check" is never 0. With --format nagios on standard output the code follows the convention of monitoring: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.',
        ja: '「確認できなかった」が 0 になることはありません。--format nagios を標準出力に出すときは監視の慣例に従います: 0 OK、1 WARNING、2 CRITICAL、3 UNKNOWN。',
      },
    },
  ],
};
