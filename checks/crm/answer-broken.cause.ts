import { both } from '../auth/words.ts';
import { connectCause, itSaid, ruledOut } from './connect-cause.ts';
import { pageIn } from './connect-root.ts';

interface Broken {
  readonly how: 'malformed' | 'too-large' | 'timeout';
  readonly what: string;
  /** The door opened; how soon it did. */
  readonly type?: string;
}

export const crmAnswerBroken = connectCause<Broken & { readonly contentType?: string }>({
  id: 'crm.answer-broken',
  title: both('The answer of the CRM cannot be read', 'CRM の応答を読み取れません'),
  about: both(
    'The CRM was reached and its answer is no good: it never came to an end, was cut off, is far too large, or holds something else beside the data (warnings of PHP in front of the JSON are the classic). A proxy that rewrites or limits answers does the same.',
    'CRM には届きましたが、応答が使えません。最後まで届かない、途中で切れている、大きすぎる、データ以外のもの（典型例は、JSON の前に出力された PHP の警告）が混ざっている、のいずれかです。応答を書き換えたり制限したりするプロキシでも起こります。',
  ),
  owner: 'crm-admin',
  confidence: 0.85,
  more: ({ failure: { kind, what }, fact }) => {
    const contentType = pageIn(fact.reach)?.contentType;
    return {
      how: kind === 'timeout' || kind === 'too-large' ? kind : 'malformed',
      what,
      ...(contentType === undefined || contentType === '' ? {} : { contentType }),
    };
  },
  ruledOut: ({ how }) => [
    how === 'timeout'
      ? ruledOut('crm.unreachable', 'the connection opened', '接続自体は確立しています')
      : ruledOut('crm.server-error', 'the answer is no error of the server', 'サーバーのエラー応答ではありません'),
  ],
  because: (detail) => {
    const { how, product, what } = detail;
    const said = itSaid(detail);
    const asked = what === '' ? both('', '') : both(` to ${what}`, `（${what}）`);
    switch (how) {
      case 'timeout':
        return both(
          `The connection to ${product} opened, but its answer${asked.en} did not come to its end in time.`,
          `${product} への接続は確立しましたが、応答${asked.ja}が時間内に届きませんでした。`,
        );
      case 'too-large':
        return both(
          `The answer of ${product}${asked.en} is larger than an answer of this kind can be.`,
          `${product} の応答${asked.ja}が、想定できる大きさを超えています。`,
        );
      case 'malformed':
        return both(
          `The answer of ${product}${asked.en} is not in the form that its API promises.${said.en}`,
          `${product} の応答${asked.ja}が、API の形式になっていません。${said.ja}`,
        );
    }
  },
  steps: ({ how, product }) => [
    how === 'timeout'
      ? both(
          `See on the server what keeps ${product} busy (top, slow queries of the database, number of workers).`,
          `サーバーで ${product} の負荷を確認します（top、データベースの遅いクエリー、ワーカー数）。`,
        )
      : both(
          'Read the beginning of the answer: words of PHP or of a proxy in front of the data name the culprit. Switch display_errors off in PHP.',
          '応答の先頭を確認します。データの前にある PHP やプロキシの文面が手掛かりです。PHP の display_errors は無効にします。',
        ),
    both(
      'Ask the same from the CRM server itself: if it is well there, a proxy or firewall on the way alters or delays it.',
      'CRM のサーバー自身から同じ問い合わせを行います。そこで正常なら、途中のプロキシやファイアウォールが書き換えるか遅らせています。',
    ),
  ],
});
