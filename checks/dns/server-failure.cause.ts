import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import type { ZoneDetail } from './zone-failure.ts';
import { zoneFindings } from './zone-failure.ts';

const answered = ({ answer }: ZoneDetail) =>
  answer === 'silent' || answer === 'failed' ? both('no answer', '応答なし') : both(answer, answer);

export const serverFailure = defineCause<ZoneDetail>({
  id: 'dns.server-failure',
  title: both('The name servers of the domain fail', 'ドメインのネームサーバーに障害があります'),
  about: both(
    'The resolver (the name server that this machine asks) cannot get an answer about the domain: it says SERVFAIL or REFUSED. Usually the name servers that are responsible for the domain are down, do not know the zone (the list of its names), or the delegation at the registrar names the wrong servers. It is not said that the name does not exist.',
    'このマシンが問い合わせているネームサーバーが、ドメインについての回答を得られず、SERVFAIL または REFUSED を返しています。多くの場合、ドメインを担当するネームサーバーが停止している、ゾーン（そのドメインの名前の一覧）を読み込めていない、ドメイン管理会社に登録されたネームサーバーが間違っている、のいずれかです。名前が存在しないという意味ではありません。',
  ),
  owner: ({ everything }) => (everything ? 'network-admin' : 'dns-admin'),
  unless: ['config.malformed-value', 'dns.resolver-unreachable', 'dns.dnssec-bogus'],
  explain: (evidence, subject) =>
    zoneFindings('server-failure', evidence, subject).map((finding) => {
      const [first] = finding.evidence;
      if (!first || finding.detail.everything) return finding;
      return {
        ...finding,
        ruledOut: [
          {
            cause: 'dns.resolver-unreachable',
            check: first.check,
            says: both('the resolver itself answers', '問い合わせ先のネームサーバー自体は応答しています'),
          },
        ],
      };
    }),
  because: (detail) => {
    const { zone, places, servers, everything } = detail;
    const where = placesText(places);
    const what = answered(detail);
    const all = everything
      ? both(
          ' It does not even answer for the root of the DNS: it may not be meant for this machine.',
          'DNS の根元 (.) の問い合わせにも答えないため、このマシンからの利用が許可されていない可能性があります。',
        )
      : both('', '');
    return both(
      `The resolver ${servers.join(', ')} answers "${what.en}" for ${zone}, so ${where.en} has no address.${all.en}`,
      `ネームサーバー ${servers.join('、')} が、${zone} の問い合わせに「${what.ja}」を返します。このため、${where.ja} の IP アドレスが分かりません。${all.ja}`,
    );
  },
  steps: ({ zone, hosts, everything }) => {
    const host = hosts[0] ?? zone;
    const verify = both(
      `Verify: dig ${host} A must show status NOERROR and an address.`,
      `確認: dig ${host} A を実行し、status が NOERROR で IP アドレスが表示されることを確認します。`,
    );
    if (everything) {
      return [
        both(
          'Enter a resolver that answers this machine in /etc/resolv.conf (or in the DNS settings of the container).',
          '/etc/resolv.conf（コンテナーの場合はその DNS 設定）に、このマシンから利用できるネームサーバーを設定します。',
        ),
        verify,
      ];
    }
    return [
      both(
        `Look for the failing name server: dig +trace ${host}.`,
        `dig +trace ${host} を実行し、どのネームサーバーで失敗しているかを確認します。`,
      ),
      both(
        `Let the administrator of the DNS check that every name server of ${zone} loads the zone (named-checkzone ${zone} FILE) and answers.`,
        `${zone} のすべてのネームサーバーがゾーンを読み込んで応答しているか、DNS の管理者が確認します（例: named-checkzone ${zone} ファイル名）。`,
      ),
      both(
        `Compare the name servers at the registrar (dig ${zone} NS) with those that really serve ${zone}.`,
        `ドメイン管理会社に登録されたネームサーバー (dig ${zone} NS) が、実際に ${zone} を提供しているサーバーと一致しているか確認します。`,
      ),
      verify,
    ];
  },
});
