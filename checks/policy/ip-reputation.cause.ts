import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const ipReputation = defineCause<Refused>({
  id: 'policy.ip-reputation',
  title: both('The receiver distrusts the sending address', '送信元 IP アドレスの評価が低く、受け取ってもらえません'),
  about: both(
    'Large receivers keep a reputation of each IP address, from complaints, volume and spam that came from it. With a low one, mail is put off or refused although nothing is wrong with the settings. A new address has none yet and has to start with few messages.',
    '大手の受信側は、苦情・送信量・迷惑メールの実績から IP アドレスを評価しています。評価が低いと、設定が正しくても保留や拒否になります。新しい IP アドレスはまだ評価がないため、少ない通数から始める必要があります。',
  ),
  explain: (evidence, subject) => saysSo('policy.ip-reputation', evidence, subject),
  owner: 'network-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} puts off or refuses mail from ${detail.sender} because of the address that sends it: "${detail.says}".`,
      `${host}:${port} は、送信元 IP アドレスの評価を理由に、${detail.sender} からのメールを保留または拒否しました。応答は「${detail.says}」です。`,
    );
  },
  steps: () => [
    both(
      'Stop bulk jobs for some hours and remove addresses that bounce.',
      '一斉配信を数時間止め、エラーで戻る宛先を配信リストから外します。',
    ),
    both(
      'Send through a relay with a good name (the own provider, a sending service) until the reputation has recovered.',
      '評価が回復するまで、評価の高い中継サーバー（契約中の提供元や配信サービス）経由で送信します。',
    ),
    both(
      'Register the address with the postmaster pages of the receiver (Gmail Postmaster Tools, Microsoft SNDS, Yahoo Sender Hub).',
      '受信側の送信者向けページ（Gmail Postmaster Tools、Microsoft SNDS、Yahoo Sender Hub）に登録し、状況を確認します。',
    ),
  ],
});
