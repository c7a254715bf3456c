import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { hostViews, replyText } from './host-facts.ts';
import type { ZoneDetail } from './zone-failure.ts';
import { zoneFindings } from './zone-failure.ts';

export const dnssecBogus = defineCause<ZoneDetail>({
  id: 'dns.dnssec-bogus',
  title: both("The domain's DNSSEC signatures are broken", 'ドメインの DNSSEC 署名が無効です'),
  about: both(
    'DNSSEC signs the answers of the DNS, so that nobody can forge them. The signatures of this domain have run out or do not fit the key at the parent zone (DS record). Resolvers that check signatures withhold the answer and say SERVFAIL; with checking switched off the same resolver gives the address. So mail works for some and fails for others.',
    'DNSSEC は、DNS の応答が偽造されないように電子署名を付ける仕組みです。このドメインの署名は、期限切れか、上位ゾーンに登録された鍵の情報（DS レコード）と一致していません。署名を検証するネームサーバーは応答を破棄し、SERVFAIL を返します。検証を無効にすると同じサーバーから IP アドレスが得られます。このため、使えるネットワークと使えないネットワークが出ます。',
  ),
  owner: 'dns-admin',
  unless: ['config.malformed-value'],
  explain: (evidence, subject) =>
    zoneFindings('dnssec-bogus', evidence, subject).map((finding) => {
      const views = hostViews(evidence, subject).filter(({ host }) => finding.detail.hosts.includes(host));
      return {
        ...finding,
        evidence: views.flatMap(({ host, check, fact }) => {
          const free = replyText(host, 'A', fact.unchecked);
          return [
            { check, says: replyText(host, 'A', fact.a) },
            { check, says: both(`with checking disabled: ${free.en}`, `署名の検証を無効にした場合: ${free.ja}`) },
          ];
        }),
        ruledOut: views.slice(0, 1).map(({ check }) => ({
          cause: 'dns.server-failure',
          check,
          says: both('without the check of signatures there is an answer', '署名の検証を無効にすると応答が得られます'),
        })),
      };
    }),
  because: ({ zone, places, servers }) => {
    const where = placesText(places);
    return both(
      `The resolver ${servers.join(', ')} answers SERVFAIL for ${zone}, but gives an answer as soon as the check of DNSSEC signatures is disabled (CD). The signatures of ${zone} are broken, so ${where.en} has no address for checking resolvers.`,
      `ネームサーバー ${servers.join('、')} は ${zone} に SERVFAIL を返しますが、DNSSEC の検証を無効 (CD) にすると応答します。${zone} の署名が無効なため、署名を検証する環境では ${where.ja} の IP アドレスが得られません。`,
    );
  },
  steps: ({ zone, hosts }) => [
    both(
      `Look at the signatures: dig +dnssec +cd ${hosts[0] ?? zone} A shows in the RRSIG line until when they are valid.`,
      `dig +dnssec +cd ${hosts[0] ?? zone} A を実行し、RRSIG の行で署名の有効期限を確認します。`,
    ),
    both(
      `Sign the zone ${zone} anew (for example rndc sign ${zone}), or repair the automatic signing.`,
      `ゾーン ${zone} に再署名します（例: rndc sign ${zone}）。自動署名の設定も見直します。`,
    ),
    both(
      `If the key has changed: set the DS record of ${zone} at the registrar to the present key, or remove it to switch DNSSEC off for the time being.`,
      `鍵を変更した場合は、ドメイン管理会社で ${zone} の DS レコードを現在の鍵に合わせます。すぐに直せないときは DS レコードを削除し、一時的に DNSSEC を無効にします。`,
    ),
    both(
      `Verify: dig +dnssec ${hosts[0] ?? zone} A must show status NOERROR and the flag ad.`,
      `確認: dig +dnssec ${hosts[0] ?? zone} A を実行し、status が NOERROR、flags に ad が表示されることを確認します。`,
    ),
  ],
});
