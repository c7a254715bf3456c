import { defineCause } from '../../src/model/cause.ts';
import type { Advertised } from '../../src/model/dns-facts.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { domainDns } from '../mail/dns.check.ts';
import { protocolName } from '../mail/service.ts';
import { reaches } from '../net/reach.ts';
import { domainFact } from './host-facts.ts';

interface Detail {
  readonly domain: string;
  readonly door: Advertised;
  /** The configured door, which works. */
  readonly works: string;
}

const records: Readonly<Record<Advertised['protocol'], Readonly<Record<Advertised['security'], string>>>> = {
  smtp: { tls: '_submissions._tcp', starttls: '_submission._tcp' },
  imap: { tls: '_imaps._tcp', starttls: '_imap._tcp' },
  pop3: { tls: '_pop3s._tcp', starttls: '_pop3._tcp' },
};

const troubles: Readonly<Record<NonNullable<Advertised['trouble']>, Text>> = {
  'no-address': both('that host has no address', 'そのホストには IP アドレスがありません'),
  closed: both('that port does not open', 'そのポートには接続できません'),
  'other-service': both('another service answers there', 'そこでは別のサービスが応答します'),
  'no-tls': both(
    'that port does not start with TLS, as this record promises',
    'そのポートは、このレコードが示す「最初から TLS」に対応していません',
  ),
  'no-starttls': both(
    'that port does not change to TLS by STARTTLS, as this record promises',
    'そのポートは、このレコードが示す STARTTLS による TLS への切り替えに対応していません',
  ),
};

const recordOf = ({ domain, door }: Detail): string => `${records[door.protocol][door.security]}.${domain}`;

const troubleOf = ({ trouble }: Advertised): Text => troubles[trouble ?? 'closed'];

export const srvAutoconfigWrong = defineCause<Detail>({
  id: 'dns.srv-autoconfig-wrong',
  title: both(
    'The domain advertises mail settings that do not work',
    'ドメインが公開しているメール設定が、実際には使えません',
  ),
  about: both(
    'Domains can publish in the DNS which server, port and encryption their users shall set (SRV records). Set-up assistants of CRMs and mail programs fill their fields from it. Here such a record names a door that does not work, while the one that is configured does: the next account that is set up automatically will fail.',
    'ドメインは、利用者が設定すべきサーバー名、ポート番号、暗号化方式を DNS の SRV レコードで公開できます。CRM やメールソフトの自動設定は、この値を入力欄に使います。ここでは、設定済みの接続先は使えるのに、SRV レコードの示す接続先は使えません。次に自動設定で登録するアカウントは、接続に失敗します。',
  ),
  owner: 'dns-admin',
  explain: (evidence, subject) => {
    const fact = domainFact(evidence);
    return (fact?.advertised ?? []).flatMap((door) => {
      const service = subject.services[door.protocol];
      if (!fact || !door.trouble || !service || !reaches(evidence, subject, door.protocol)) return [];
      const detail: Detail = { domain: fact.domain, door, works: `${service.host}:${service.port}` };
      const why = troubleOf(door);
      return [
        {
          detail,
          severity: 'warning' as const,
          confidence: 0.92,
          affects: [domainDns.target(subject)],
          evidence: [
            {
              check: domainDns,
              says: both(
                `${recordOf(detail)} names ${door.host}:${door.port}: ${why.en}`,
                `${recordOf(detail)} は ${door.host}:${door.port} を示していますが、${why.ja}`,
              ),
            },
          ],
        },
      ];
    });
  },
  because: (detail) => {
    const { door, works } = detail;
    const why = troubleOf(door);
    return both(
      `The SRV record ${recordOf(detail)} sends ${protocolName[door.protocol]} users to ${door.host}:${door.port}, but ${why.en}. The configured ${works} works.`,
      `SRV レコード ${recordOf(detail)} は ${protocolName[door.protocol]} の接続先として ${door.host}:${door.port} を示していますが、${why.ja}。設定されている ${works} は使えます。`,
    );
  },
  steps: (detail) => {
    const { door, works, domain } = detail;
    return [
      both(
        `Correct the record ${recordOf(detail)} so that it names a door that works, such as ${works}, or remove it.`,
        `レコード ${recordOf(detail)} を、使える接続先（例: ${works}）を示すように修正するか、削除します。`,
      ),
      both(
        'Names that end in s (_imaps, _submissions, _pop3s) are for ports that start with TLS (993, 465, 995), the others for STARTTLS (143, 587, 110).',
        '末尾に s の付く名前（_imaps、_submissions、_pop3s）は最初から TLS で始まるポート（993、465、995）、付かない名前は STARTTLS のポート（143、587、110）に使います。',
      ),
      both(
        `Verify: dig +short ${records[door.protocol][door.security]}.${domain} SRV, and set up a test account automatically.`,
        `確認: dig +short ${records[door.protocol][door.security]}.${domain} SRV を実行し、テスト用アカウントを自動設定で登録します。`,
      ),
    ];
  },
});
