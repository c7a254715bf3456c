import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import type { HostDetail } from './unresolved-host.ts';
import { hostFindings, unlessSettings } from './unresolved-host.ts';

interface Detail extends HostDetail {
  readonly target: string;
  readonly why: 'no-such-host' | 'no-address' | 'loop' | 'failure';
}

const ends: Readonly<Record<Detail['why'], { readonly en: string; readonly ja: string }>> = {
  'no-such-host': both('which does not exist', '存在しない名前です'),
  'no-address': both('which has no address', 'IP アドレスがありません'),
  loop: both('which leads back in a circle', '別名が循環しています'),
  failure: both('which cannot be looked up', '名前解決に失敗します'),
};

export const cnameBroken = defineCause<Detail>({
  id: 'dns.cname-broken',
  title: both('The alias of the host leads nowhere', 'ホスト名の別名 (CNAME) の参照先がありません'),
  about: both(
    'The configured host is an alias (CNAME record: "see under another name"), and the name it points to has no address, does not exist, or points back to the alias. This happens when a provider removes or renames a server while the alias in the customer\'s DNS stays as it was.',
    '設定されたホスト名は別名（CNAME レコード: 「別の名前を参照」という登録）ですが、参照先の名前が存在しない、IP アドレスがない、または循環しています。プロバイダー側でサーバーの名前が変わったのに、自社の DNS に古い別名が残っている場合に起こります。',
  ),
  owner: 'dns-admin',
  unless: unlessSettings,
  explain: (evidence, subject) =>
    hostFindings('cname-broken', evidence, subject, ({ fact: { brokenCname } }) => ({
      target: brokenCname?.target ?? '',
      why: brokenCname?.why ?? 'failure',
    })).map((finding) => {
      const { host, target, why } = finding.detail;
      const [first] = finding.evidence;
      const says = both(
        `${host} is an alias of ${target}, ${ends[why].en}`,
        `${host} は ${target} の別名ですが、${ends[why].ja}`,
      );
      return { ...finding, evidence: first ? [{ check: first.check, says }] : [] };
    }),
  because: ({ host, places, target, why }) => {
    const where = placesText(places);
    return both(
      `${host} is an alias (CNAME) of ${target}, ${ends[why].en}. So ${where.en} has no address to connect to.`,
      `${host} は ${target} の別名 (CNAME) ですが、${ends[why].ja}。このため、${where.ja} の接続先の IP アドレスが分かりません。`,
    );
  },
  steps: ({ host, target }) => [
    both(
      `Ask your mail provider for the present name of the server in place of ${target}.`,
      `${target} に代わる現在のサーバー名を、メールのプロバイダーに確認します。`,
    ),
    both(
      `Let the CNAME record of ${host} point to that name in your DNS, or enter that name as host here and in the CRM.`,
      `自社の DNS で ${host} の CNAME レコードの参照先をその名前に変更するか、この設定と CRM のホスト名をその名前に変更します。`,
    ),
    both(
      `Verify: dig ${host} A must end with an address.`,
      `確認: dig ${host} A を実行し、最後に IP アドレスが表示されることを確認します。`,
    ),
  ],
});
