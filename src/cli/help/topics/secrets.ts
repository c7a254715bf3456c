import type { Topic } from '../topic.ts';

export const secrets: Topic = {
  name: 'secrets',
  title: { en: 'Passwords, keys and tokens', ja: 'パスワード、鍵、トークン' },
  parts: [
    {
      kind: 'text',
      text: {
        en: 'No flag takes a secret: it would stand in the list of processes and in the history of the shell. These are the ways to hand one over:',
        ja: '秘密の値をコマンドラインで直接渡すことはできません。プロセス一覧やシェルの履歴に残るためです。渡し方は次のとおりです。',
      },
    },
    {
      kind: 'list',
      rows: [
        {
          term: 'password: ${MAIL_PASSWORD}',
          about: { en: 'in the file: from the environment', ja: '設定ファイル: 環境変数から取る' },
        },
        {
          term: 'passwordFile: ./secret',
          about: { en: 'in the file: the first line of another file', ja: '設定ファイル: 別のファイルの 1 行目' },
        },
        {
          term: 'passwordCommand: pass show mail',
          about: {
            en: 'in the file: what a program prints; it is run without a shell',
            ja: '設定ファイル: プログラムの出力（シェルを通さずに実行）',
          },
        },
        {
          term: '--password-env NAME, --password-file FILE',
          about: { en: 'the same without a configuration', ja: '設定ファイルを使わないとき' },
        },
      ],
    },
    {
      kind: 'text',
      text: {
        en: 'The same three forms exist for secret, passphrase, accessToken, refreshToken and clientSecret. A secret is read when it is needed, goes to the server that it is for, and is written into no output, log, error or file; server answers that repeat one are blacked out, in any encoding.',
        ja: 'secret、passphrase、accessToken、refreshToken、clientSecret にも同じ 3 つの形があります。秘密の値は必要になったときに読み、そのサーバーにだけ送ります。画面、ログ、エラー、ファイルには書きません。サーバーの応答に含まれていても、符号化されていても伏せます。',
      },
    },
  ],
};
