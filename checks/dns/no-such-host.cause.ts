import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { domainFact, rcodeOf } from './host-facts.ts';
import type { HostDetail } from './unresolved-host.ts';
import { hostFindings, unlessSettings } from './unresolved-host.ts';

interface Detail extends HostDetail {
  readonly domain: string;
  /** The domain of the address does not exist either. */
  readonly domainGone: boolean;
}

export const noSuchHost = defineCause<Detail>({
  id: 'dns.no-such-host',
  title: both('The host name does not exist', 'ホスト名が存在しません'),
  about: both(
    'The DNS, the directory that turns names into addresses, says that the configured host name does not exist (NXDOMAIN). It is mistyped, was removed (for example after a change of provider), or was never created. Without an address no connection can be made.',
    'ホスト名から IP アドレスを調べる仕組み (DNS) が、「この名前は存在しない」(NXDOMAIN) と答えています。名前の入力ミスか、プロバイダーの変更などで削除されたか、まだ登録されていない状態です。IP アドレスが分からないため、接続できません。',
  ),
  owner: ({ domainGone }) => (domainGone ? 'dns-admin' : 'user'),
  unless: unlessSettings,
  explain: (evidence, subject) => {
    const domain = domainFact(evidence);
    return hostFindings('no-such-host', evidence, subject, ({ host, check }) => ({
      domain: domain?.domain ?? '',
      domainGone:
        domain !== undefined &&
        rcodeOf(domain.mx) === 'NXDOMAIN' &&
        (host.toLowerCase() === domain.domain || host.toLowerCase().endsWith(`.${domain.domain}`)),
      check,
    })).map(({ detail: { check, ...detail }, ...rest }) => ({
      ...rest,
      detail,
      ruledOut: [
        {
          cause: 'dns.server-failure',
          check,
          says: both(
            'the resolver gives a definite answer, it does not fail',
            'ネームサーバーは故障ではなく、「存在しない」と明確に回答しています',
          ),
        },
      ],
    }));
  },
  because: ({ host, places, domain, domainGone }) => {
    const where = placesText(places);
    const gone = domainGone
      ? both(
          ` The whole domain ${domain} does not exist: its registration may have ended.`,
          `ドメイン ${domain} 全体が存在しません。ドメインの登録期限が切れている可能性があります。`,
        )
      : both('', '');
    return both(
      `${host} does not exist in the DNS (NXDOMAIN), so ${where.en} cannot be reached.${gone.en} No other host of the domain was found to serve it.`,
      `${host} という名前は DNS に存在しません (NXDOMAIN)。このため、${where.ja} に接続できません。${gone.ja}代わりに使えるホストも見つかりませんでした。`,
    );
  },
  steps: ({ host, places, domain, domainGone }) => {
    const paths = places.map(({ protocol }) => `${protocol}.host`).join(', ');
    const check = both(
      `Verify: dig ${host} A must show an address.`,
      `確認: dig ${host} A を実行し、IP アドレスが表示されることを確認します。`,
    );
    if (domainGone) {
      return [
        both(
          `Check with your registrar whether the domain ${domain} is still registered, and renew it.`,
          `ドメイン ${domain} の登録が有効かどうかを、ドメイン管理会社で確認し、必要なら更新します。`,
        ),
        check,
      ];
    }
    return [
      both(
        `Compare ${host} (${paths}) letter by letter with the server name in your contract or your provider's instructions, and correct it.`,
        `${host} (${paths}) を、契約書やプロバイダーの案内にあるサーバー名と 1 文字ずつ見比べ、違っていれば修正します。`,
      ),
      both(
        `If the name is right: ask the administrator of the DNS to add an A record for ${host}.`,
        `名前が正しい場合は、${host} の A レコードの登録を DNS の管理者に依頼します。`,
      ),
      check,
    ];
  },
});
