import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const greylisted = defineCause<Refused>({
  id: 'smtp.greylisted',
  title: both('Refused for now by greylisting', 'グレーリスト（一時拒否）により保留されています'),
  about: both(
    'Greylisting is a defence against spam: a server refuses a pair of sender and recipient that it has not seen before with a temporary code (450 or 451), and takes it some minutes later. Real mail servers try again, so that the first message arrives late; programs that do not try again lose it.',
    'グレーリストとは、初めて見る差出人と宛先の組み合わせを一時的なエラー (450、451) でいったん断り、数分後の再送で受け取る迷惑メール対策です。再送するサーバーからのメールは遅れて届き、再送しないプログラムのメールは失われます。',
  ),
  explain: (evidence, subject) => saysSo('smtp.greylisted', evidence, subject, 'warning'),
  owner: 'mail-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} asks to try again later: "${detail.says}". That is a delay and no refusal, provided that the CRM or its mail server tries again.`,
      `${host}:${port} は、時間を置いて再送するよう求めています。応答は「${detail.says}」です。拒否ではなく遅延で、CRM または送信サーバーが再送すれば届きます。`,
    );
  },
  steps: () => [
    both(
      'Check again in five to ten minutes; the same sender is usually taken then.',
      '5〜10 分後にもう一度検査します。同じ差出人であれば、通常は受け付けられます。',
    ),
    both(
      'See that the CRM puts messages with a 4xx answer back into its queue.',
      'CRM が、4xx の応答を受けたメールを送信待ち（キュー）に戻す設定になっていることを確認します。',
    ),
    both(
      'Let the CRM send with a login on port 587 or 465: logged-in senders are usually not greylisted.',
      'CRM は 587 または 465 番ポートでログインして送信します。ログイン済みの送信は、通常グレーリストの対象外です。',
    ),
  ],
});
