import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';

export const crmDnsFailure = connectCause<{ readonly rcode: string }>({
  id: 'dns.server-failure',
  title: both('The name of the CRM cannot be resolved: the DNS fails', 'DNS の障害で CRM の名前解決ができません'),
  about: both(
    'The DNS, the directory that turns names into addresses, fails or does not answer for the host of the CRM. So it is not known whether the name exists. Its name servers are down, DNSSEC is broken, or the resolver of this machine does not work.',
    'ホスト名から IP アドレスを調べる仕組み (DNS) が、CRM のホスト名について失敗するか、応答しません。名前が存在するかどうかは分かりません。ネームサーバーの停止、DNSSEC の不備、このマシンが使うリゾルバーの障害が考えられます。',
  ),
  owner: 'dns-admin',
  confidence: 0.93,
  more: ({ fact: { reach } }) => ({ rcode: reach?.dns?.kind === 'answered' ? reach.dns.rcode : '' }),
  seen: ({ host, rcode }) => [
    rcode === ''
      ? both(`no resolver answers for ${host}`, `${host} について、どのリゾルバーも応答しません`)
      : both(`the resolver answers ${rcode} for ${host}`, `リゾルバーの応答: ${host} は ${rcode}`),
  ],
  ruledOut: () => [
    ruledOut('dns.no-such-host', 'nobody says that the name does not exist', '「存在しない」という回答はありません'),
  ],
  because: ({ host, rcode, product }) =>
    both(
      `The DNS ${rcode === '' ? 'does not answer' : `answers ${rcode}`} for ${host}, so ${product} cannot be reached.`,
      `${host} の名前解決に失敗しています（${rcode === '' ? '応答なし' : rcode}）。このため、${product} に接続できません。`,
    ),
  steps: ({ host }) => [
    both(
      `See whether other names resolve here (dig example.com). If none does, it is the resolver of this machine (/etc/resolv.conf, VPN).`,
      `このマシンでほかの名前を引けるか確認します (dig example.com)。引けない場合は、このマシンのリゾルバーの問題です（/etc/resolv.conf、VPN）。`,
    ),
    both(
      `If others do: tell the administrator of the DNS of ${host} (dig ${host} +trace shows where it stops; with DNSSEC: delv ${host}).`,
      `ほかの名前を引ける場合は、${host} の DNS の管理者に連絡します（dig ${host} +trace で止まる箇所が分かります。DNSSEC は delv ${host}）。`,
    ),
  ],
});
