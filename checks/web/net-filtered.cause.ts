import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';

interface Door {
  readonly port: number;
  readonly addresses: readonly string[];
  readonly answering: readonly number[];
}

export const crmFiltered = connectCause<Door>({
  id: 'net.filtered',
  title: both(
    'Nothing comes back from the CRM: the port is filtered',
    'CRM のポートが遮断されているか、応答がありません',
  ),
  about: both(
    'To the attempt to connect comes neither yes nor no. A firewall on the way drops the packets (the CRM admits only listed addresses, or opens only inside a VPN), or the machine of the CRM is down.',
    '接続しようとしても、許可も拒否も返ってきません。途中のファイアウォールが通信を破棄している（CRM が登録済みの IP アドレスだけを許可している、VPN の中からのみ使える）か、CRM のマシンが停止しています。',
  ),
  owner: 'network-admin',
  confidence: 0.9,
  more: ({ fact: { reach } }) => ({
    port: reach?.port ?? 0,
    addresses: (reach?.contacts ?? []).map(({ address }) => address),
    answering: (reach?.siblings ?? []).flatMap(({ port, connect }) =>
      connect.kind === 'open' || connect.kind === 'refused' ? [port] : [],
    ),
  }),
  seen: ({ addresses, port }) => [
    both(
      `${addresses.join(', ')}: no answer at port ${port} within 5 s`,
      `${addresses.join('、')}: ポート ${port} から 5 秒以内の応答なし`,
    ),
  ],
  ruledOut: () => [ruledOut('net.refused', 'no refusal came back', '拒否の応答は返ってきていません')],
  because: ({ host, port, answering }) => {
    const other =
      answering.length > 0
        ? both(
            ` The machine is there: port ${answering.join(', ')} answers.`,
            `マシンは動作しており、ポート ${answering.join('、')} は応答します。`,
          )
        : both(
            ' No other port of the web answers either: the whole machine is filtered or down.',
            'ほかの Web 用ポートも応答しないため、マシン全体が遮断されているか停止しています。',
          );
    return both(
      `${host} does not answer at port ${port} within the limit.${other.en}`,
      `${host} のポート ${port} から、制限時間内に応答がありません。${other.ja}`,
    );
  },
  steps: ({ host, port, product }) => [
    both(
      `Open ${product} in a browser on this very machine. If it opens, a proxy is in use: name it in HTTPS_PROXY.`,
      `このマシンのブラウザーで ${product} を開きます。開ける場合はプロキシを使用しているので、HTTPS_PROXY に設定します。`,
    ),
    both(
      `If it opens only elsewhere: let the address of this machine be admitted at the firewall of ${host} (port ${port}), or connect the VPN first.`,
      `ほかの場所でだけ開ける場合は、${host} のファイアウォール（ポート ${port}）でこのマシンの IP アドレスを許可するか、先に VPN に接続します。`,
    ),
    both(
      'If it opens nowhere: the machine of the CRM is down.',
      'どこからも開けない場合は、CRM のマシンが停止しています。',
    ),
  ],
});
