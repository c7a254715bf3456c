import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { hostViews, replyText } from './host-facts.ts';
import type { ZoneDetail } from './zone-failure.ts';
import { zoneFindings } from './zone-failure.ts';

export const resolverUnreachable = defineCause<ZoneDetail>({
  id: 'dns.resolver-unreachable',
  title: both('No name server answers this machine', 'ネームサーバーに問い合わせできません'),
  about: both(
    'To find the address of a host, this machine asks a resolver, a name server that its network gives it. None of the configured resolvers answers, not even for the root of the DNS, so that no name at all can be looked up. The mail servers themselves may be in perfect order.',
    'ホスト名から IP アドレスを調べるため、このマシンはネットワークで指定されたネームサーバーに問い合わせます。設定されたネームサーバーのどれからも応答がなく、どの名前も調べられない状態です。メールサーバー自体は正常に動いている可能性があります。',
  ),
  owner: 'network-admin',
  unless: ['config.malformed-value'],
  // One resolver for all names: one finding, however many hosts are configured.
  explain: (evidence, subject) =>
    zoneFindings('resolver-unreachable', evidence, subject, () => 'resolver').map((finding) => {
      const [view] = hostViews(evidence, subject).filter(({ host }) => finding.detail.hosts.includes(host));
      if (!view) return finding;
      return {
        ...finding,
        evidence: [...finding.evidence, { check: view.check, says: replyText('.', 'NS', view.fact.root) }],
        ruledOut: [
          {
            cause: 'dns.server-failure',
            check: view.check,
            says: both(
              'the root of the DNS is not answered either, so it is not the domain',
              'DNS の根元 (.) の問い合わせにも応答がないため、ドメイン側の問題ではありません',
            ),
          },
        ],
      };
    }),
  because: ({ hosts, places, servers, answer }) => {
    const where = placesText(places);
    const who = servers.length > 0 ? servers.join(', ') : '/etc/resolv.conf';
    const how =
      answer === 'failed'
        ? both('cannot be asked (nothing listens there)', '問い合わせを受け付けません（サービスが動いていません）')
        : both('does not answer', '応答しません');
    return both(
      `The configured name server (${who}) ${how.en}, neither for ${hosts.join(', ')} nor for any other name. So ${where.en} has no address.`,
      `設定されているネームサーバー (${who}) が${how.ja}。${hosts.join('、')} だけでなく、どの名前も調べられないため、${where.ja} に接続できません。`,
    );
  },
  steps: ({ hosts, servers }) => {
    const server = servers[0] ?? '127.0.0.53';
    const host = hosts[0] ?? '.';
    return [
      both(
        'Look at the configured name servers: cat /etc/resolv.conf (with systemd also resolvectl status; for containers also the dns: setting).',
        '設定されているネームサーバーを確認します: cat /etc/resolv.conf（systemd の場合は resolvectl status、コンテナーの場合は dns: の設定も確認します）。',
      ),
      both(
        `Ask it directly: dig @${server} ${host} A. Without an answer, start the name server there or enter one that answers.`,
        `dig @${server} ${host} A で直接問い合わせます。応答がなければ、そのネームサーバーを起動するか、応答する別のネームサーバーを設定します。`,
      ),
      both(
        'Let the firewall pass UDP and TCP port 53 from this machine to the name server.',
        'ファイアウォールで、このマシンからネームサーバーへの UDP および TCP のポート 53 を許可します。',
      ),
    ];
  },
});
