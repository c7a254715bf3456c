import { both } from '../auth/words.ts';
import { connectCause, nothingMore, ruledOut } from '../crm/connect-cause.ts';

export const crmNoSuchHost = connectCause({
  id: 'dns.no-such-host',
  title: both('The host name of the CRM does not exist', 'CRM のホスト名が存在しません'),
  about: both(
    'The DNS, the directory that turns names into addresses, says that the host of the CRM does not exist (NXDOMAIN). It is mistyped, was removed after a move, or is known only in the inner network, where this machine does not ask.',
    'ホスト名から IP アドレスを調べる仕組み (DNS) が、CRM のホスト名は存在しない (NXDOMAIN) と答えています。入力ミス、移転による削除、または社内ネットワークでのみ使える名前（このマシンからは引けない）のいずれかです。',
  ),
  owner: 'user',
  confidence: 0.97,
  more: nothingMore,
  seen: ({ host }) => [both(`the resolver answers NXDOMAIN for ${host}`, `リゾルバーの応答: ${host} は NXDOMAIN`)],
  ruledOut: () => [
    ruledOut(
      'dns.server-failure',
      'the resolver answers definitely, it does not fail',
      '故障ではなく、「存在しない」と明確に回答しています',
    ),
  ],
  because: ({ host, product }) =>
    both(
      `${host} does not exist in the DNS (NXDOMAIN), so ${product} cannot be reached.`,
      `${host} という名前は DNS に存在しません (NXDOMAIN)。このため、${product} に接続できません。`,
    ),
  steps: ({ host, path }) => [
    both(
      `Compare ${host} (${path}.url) letter by letter with the address under which people open the CRM.`,
      `${host} (${path}.url) を、普段 CRM を開いているアドレスと 1 文字ずつ見比べます。`,
    ),
    both(
      'If it is right and works for others: this machine asks another DNS than they do (VPN, inner DNS). Enter the inner resolver here, or run the check inside that network.',
      '正しくて、ほかの人が使えている場合は、このマシンの DNS が違います（VPN や社内 DNS）。社内の DNS を設定するか、社内ネットワークで検査します。',
    ),
    both(
      `Verify: dig ${host} must show an address.`,
      `確認: dig ${host} を実行し、IP アドレスが表示されることを確認します。`,
    ),
  ],
});
