import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import type { HostDetail } from './unresolved-host.ts';
import { hostFindings, unlessSettings } from './unresolved-host.ts';

interface Detail extends HostDetail {
  /** MX targets of the name itself: then it is a mail domain, not a server. */
  readonly mx: readonly string[];
}

export const noAddress = defineCause<Detail>({
  id: 'dns.no-address',
  title: both('The host name has no address', 'ホスト名に IP アドレスが登録されていません'),
  about: both(
    'The configured name exists in the DNS (the directory of names), but without an address record: neither A (IPv4) nor AAAA (IPv6). Often the domain of the mail address was entered where the name of the mail server belongs. Without an address no connection can be made.',
    '設定された名前は DNS（名前の対応表）に存在しますが、IP アドレスを示すレコード（IPv4 の A、IPv6 の AAAA）がありません。メールサーバーの名前の代わりに、メールアドレスのドメインを入力している場合によく起こります。IP アドレスが分からないため、接続できません。',
  ),
  owner: ({ mx }) => (mx.length > 0 ? 'user' : 'dns-admin'),
  unless: unlessSettings,
  explain: (evidence, subject) =>
    hostFindings('no-address', evidence, subject, ({ fact: { mx } }) => ({
      mx:
        mx?.kind === 'answered' ? mx.records.map(({ data }) => data).filter((name) => name !== '' && name !== '.') : [],
    })),
  because: ({ host, places, mx }) => {
    const where = placesText(places);
    const domain =
      mx.length > 0
        ? both(
            ` ${host} is a mail domain, not a server: its mail is taken by ${mx.join(', ')}.`,
            `${host} はサーバー名ではなく、メールのドメインです（メールの受け取り先は ${mx.join('、')}）。`,
          )
        : both('', '');
    return both(
      `${host} exists in the DNS, but has neither an A nor an AAAA record, so ${where.en} cannot be reached.${domain.en}`,
      `${host} は DNS に存在しますが、A レコードも AAAA レコードもありません。このため、${where.ja} に接続できません。${domain.ja}`,
    );
  },
  steps: ({ host, mx }) => [
    mx.length > 0
      ? both(
          `Enter the name of the mail server, as your provider gives it, in place of the domain ${host}.`,
          `ドメイン ${host} ではなく、プロバイダーが案内しているメールサーバーの名前を設定します。`,
        )
      : both(
          `Check the name ${host} against your provider's instructions; if it is right, ask the administrator of the DNS to add its A record.`,
          `${host} がプロバイダーの案内と一致しているか確認します。正しい場合は、A レコードの登録を DNS の管理者に依頼します。`,
        ),
    both(
      `Verify: dig ${host} A must show an address.`,
      `確認: dig ${host} A を実行し、IP アドレスが表示されることを確認します。`,
    ),
  ],
});
