import { both } from '../auth/words.ts';
import { connectCause, itSaid, ruledOut } from './connect-cause.ts';

const gateway = [502, 504, 521, 522, 523, 524];

export const crmServerError = connectCause<{ readonly status?: number; readonly gateway: boolean }>({
  id: 'crm.server-error',
  title: both('The CRM itself fails', 'CRM 側でエラーが発生しています'),
  about: both(
    'The question reached the CRM, and its program failed over it: its database is down, its disk is full, an extension breaks, or behind the web server nothing runs any more (502, 504). No setting of an integration mends this; the log of the CRM at that second tells the reason.',
    '問い合わせは CRM に届きましたが、CRM のプログラムがエラーになっています。データベースの停止、ディスクの空き不足、拡張機能の不具合、Web サーバーの後ろで CRM が動いていない（502、504）などが考えられます。連携側の設定では直りません。その時刻の CRM のログに理由があります。',
  ),
  owner: 'crm-admin',
  confidence: ({ gateway }) => (gateway ? 0.94 : 0.9),
  more: ({ failure: { status } }) => ({
    ...(status === undefined ? {} : { status }),
    gateway: status !== undefined && gateway.includes(status),
  }),
  ruledOut: () => [
    ruledOut('crm.unreachable', 'a server answers', 'サーバーは応答しています'),
    ruledOut('crm.auth-failed', 'it does not speak of the login', 'ログインに関する応答ではありません'),
  ],
  because: (detail) => {
    const said = itSaid(detail);
    const code = detail.status === undefined ? '' : `HTTP ${detail.status}`;
    return detail.gateway
      ? both(
          `The web server of ${detail.host} answers (${code}), but gets no answer from ${detail.product} behind it.${said.en}`,
          `${detail.host} の Web サーバーは応答していますが（${code}）、その後ろの ${detail.product} から応答がありません。${said.ja}`,
        )
      : both(
          `${detail.product} at ${detail.url} failed over a plain question${code === '' ? '' : ` (${code})`}.${said.en}`,
          `${detail.url} の ${detail.product} が、通常の問い合わせでエラーになりました${code === '' ? '' : `（${code}）`}。${said.ja}`,
        );
  },
  steps: ({ gateway, product }) => [
    gateway
      ? both(
          `On the server: see whether ${product} runs (systemctl status, docker ps) and start it; see why it stopped in its log.`,
          `サーバーで ${product} が動いているか確認し（systemctl status、docker ps）、起動します。止まった理由はログで確認します。`,
        )
      : both(
          `Read the log of ${product} at the time of this run: the first line of the error names the reason.`,
          `この検査の時刻の ${product} のログを読みます。エラーの最初の行に理由があります。`,
        ),
    both(
      'See whether the disk is full (df -h) and the database runs.',
      'ディスクの空き (df -h) と、データベースの動作を確認します。',
    ),
    both(
      'If it began with an update or an extension: take that back, and tell its maker the words of the error.',
      '更新や拡張機能の追加後に始まった場合は、元に戻し、エラーの文面を開発元に伝えます。',
    ),
  ],
});
