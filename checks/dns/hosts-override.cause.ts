import type { Finding, Seen } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { both, placesText } from '../auth/words.ts';
import { mailPort } from '../mail/port.check.ts';
import { mailTls } from '../mail/tls.check.ts';
import { failsHere, openElsewhere } from './elsewhere.ts';
import type { HostView } from './host-facts.ts';
import { hostViews, placesIn } from './host-facts.ts';

interface Detail {
  readonly host: string;
  readonly file: string;
  readonly line: number;
  readonly address: string;
  readonly published: readonly string[];
  /** Addresses of the DNS on which the port was seen open. */
  readonly opens: readonly string[];
  readonly fails: boolean;
  readonly places: readonly Place[];
}

const ofHost = (evidence: Evidence, { host, services, check, fact }: HostView): readonly Finding<Detail>[] => {
  const used = fact.system.kind === 'found' ? fact.system.addresses.map(({ address }) => address) : [];
  const [entry] = (fact.hosts ?? []).filter(({ address }) => used.includes(address));
  if (!entry) return [];
  const failing = services.filter((service) => failsHere(evidence, service));
  const opens = [...new Set(failing.flatMap(({ protocol }) => openElsewhere(evidence.fact(mailPort[protocol]))))];
  // Closed there as well: then it is not the detour that closes it.
  const closedEverywhere = failing.length > 0 && failing.every((one) => failsHere(evidence, one) === 'port');
  if (closedEverywhere && opens.length === 0) return [];
  const concerned = failing.length > 0 ? failing : services;
  const published = fact.published.map(({ address }) => address);
  const symptoms = failing.map(
    (service): Seen =>
      failsHere(evidence, service) === 'port'
        ? {
            check: mailPort[service.protocol],
            says: both(
              `port ${service.port} does not answer at ${entry.address}, it opens at ${opens.join(', ')}`,
              `${entry.address} のポート ${service.port} は応答しませんが、${opens.join('、')} では接続できます`,
            ),
          }
        : {
            check: mailTls[service.protocol],
            says: both(
              `the certificate of ${entry.address} is not for ${host}`,
              `${entry.address} の証明書は ${host} のものではありません`,
            ),
          },
  );
  return [
    {
      detail: {
        host,
        file: entry.file,
        line: entry.line,
        address: entry.address,
        published,
        opens,
        fails: failing.length > 0,
        places: placesIn(concerned),
      },
      severity: failing.length > 0 ? 'critical' : 'info',
      confidence: opens.length > 0 ? 0.94 : failing.length > 0 ? 0.8 : 0.9,
      affects: concerned.map(targetOf),
      evidence: [
        {
          check,
          says: both(
            `${entry.file} line ${entry.line} gives ${entry.address} for ${host}, the DNS ${published.join(', ')}`,
            `${host} は、${entry.file} の ${entry.line} 行目では ${entry.address}、DNS では ${published.join('、')} です`,
          ),
        },
        ...symptoms,
      ],
      ruledOut: [
        {
          cause: 'dns.split-horizon',
          check,
          says: both(
            'the resolver itself gives the published address; only the hosts file differs',
            'リゾルバー自身は公開されている IP アドレスを返しており、違うのは hosts ファイルだけです',
          ),
        },
      ],
    },
  ];
};

export const hostsOverride = defineCause<Detail>({
  id: 'dns.hosts-override',
  title: both(
    'The hosts file leads the name to another address',
    'hosts ファイルにより、名前が別の IP アドレスに向けられています',
  ),
  about: both(
    'Every machine has a small file, the hosts file, whose lines go before the DNS (the directory of names). A line for the mail server is often left there from a move or a test, and still leads to the old machine, while everybody else follows the DNS to the new one. In containers such lines come from an alias (--add-host, extra_hosts).',
    '各マシンには hosts ファイルという小さなファイルがあり、その内容は DNS（名前の台帳）より優先されます。移行やテストのときに書いたメールサーバーの行が残っていると、ほかの人は DNS に従って新しいサーバーに接続しているのに、このマシンだけ古いサーバーに接続し続けます。コンテナーでは、別名の設定（--add-host や extra_hosts）がこの行になります。',
  ),
  owner: 'crm-admin',
  unless: ['config.malformed-value'],
  explain: (evidence, subject) => hostViews(evidence, subject).flatMap((view) => ofHost(evidence, view)),
  because: ({ host, file, line, address, published, opens, fails, places }) => {
    const where = placesText(places);
    const result =
      opens.length > 0
        ? both(
            ` There ${where.en} cannot be reached; at ${opens.join(', ')} the port opens.`,
            `その結果 ${where.ja} に接続できません。${opens.join('、')} ではポートが開いています。`,
          )
        : fails
          ? both(
              ` The server there shows a certificate of another name for ${where.en}.`,
              `そのサーバーは、${where.ja} で別の名前の証明書を示します。`,
            )
          : both(` It works at present (${where.en}).`, ` 現在は動作しています（${where.ja}）。`);
    return both(
      `Line ${line} of ${file} on this machine leads ${host} to ${address}, while the DNS gives ${published.join(', ')}.${result.en}`,
      `このマシンの ${file} の ${line} 行目により、${host} は ${address} に向けられています。DNS の値は ${published.join('、')} です。${result.ja}`,
    );
  },
  steps: ({ host, file, line }) => [
    both(
      `Look at line ${line} of ${file}: who wrote it, and for what? Remove it or give it the right address.`,
      `${file} の ${line} 行目を確認し（誰が何のために書いたのか）、削除するか、正しい IP アドレスに直します。`,
    ),
    both(
      'In a container, change the alias where it is set (--add-host, extra_hosts, hostAliases) and start the container anew.',
      'コンテナーの場合は、別名の設定（--add-host、extra_hosts、hostAliases）を直して、コンテナーを作り直します。',
    ),
    both(
      `Verify: getent ahosts ${host} and dig +short ${host} must agree. Then restart the CRM.`,
      `確認: getent ahosts ${host} と dig +short ${host} の結果が一致すること。そのあと CRM を再起動します。`,
    ),
  ],
});
