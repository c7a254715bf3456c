import { defineCause } from '../../src/model/cause.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import { changeWords, toHost } from '../config/door-changes.ts';
import { mailTls } from '../mail/tls.check.ts';
import { serves } from '../net/reach.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, problemIn, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly host: string;
  readonly places: readonly TlsPlace[];
  readonly names: readonly string[];
  /** Names of the certificate that resolve; those that lead to this very server first. */
  readonly others: readonly { readonly host: string; readonly sameAddress: boolean }[];
  readonly fingerprint: string;
}

export const hostnameMismatch = defineCause<Detail>({
  id: 'tls.hostname-mismatch',
  title: both('The certificate is for another name', '証明書の名前が、設定のホスト名と一致しません'),
  about: both(
    "A server certificate is the identity card of a server and lists the names for which it was issued. The configured host name is not among them, so programs must suppose that they reached a wrong or forged server. This is usual on shared servers: the certificate carries the hoster's name of the machine, while the customer's own name was configured.",
    'サーバー証明書はサーバーの身分証で、どの名前に対して発行されたかが書かれています。設定のホスト名がその中にないため、プログラムは、間違ったサーバーや偽のサーバーに接続した可能性があると判断します。共用サーバーでよく起こり、証明書にはホスティング事業者が付けたサーバー名が、設定には自社ドメインの名前が使われています。',
  ),
  owner: ({ others }) => (others.some(({ sameAddress }) => sameAddress) ? 'user' : 'mail-admin'),
  unless: ['dns.hosts-override', 'config.wrong-host'],
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => problemIn(view, 'name'));
    return grouped(views, ({ service, leaf }) => `${service.host} ${leaf?.fingerprint ?? ''}`).flatMap((group) => {
      const [first] = group;
      if (!first?.leaf) return [];
      const { leaf } = first;
      const names = leaf.names.slice(0, 5);
      const others = [
        ...first.fact.otherNames.filter(({ sameAddress }) => sameAddress),
        ...first.fact.otherNames.filter(({ sameAddress }) => !sameAddress),
      ];
      return [
        findingOf(
          group,
          { host: first.service.host, places: tlsPlaces(group), names, others, fingerprint: leaf.fingerprint },
          {
            severity: () => 'critical',
            confidence: 0.97,
            says: ({ service }) =>
              both(
                `the certificate names ${names.join(', ') || leaf.subject}, not ${service.host}`,
                `証明書の名前は ${names.join('、') || leaf.subject} で、${service.host} が含まれていません`,
              ),
            ruledOut: group
              .filter(({ done }) => done?.trust.ok)
              .map(({ check }) => ({
                cause: 'tls.unknown-issuer',
                check,
                says: both(
                  'the issuer of the certificate is trusted and its chain is complete',
                  '証明書の発行元は信頼されており、証明書チェーンもそろっています',
                ),
              })),
          },
        ),
      ];
    });
  },
  candidates: ({ host, places, others }, subject) => {
    const services = servicesOf(subject).filter(
      (service) => service.host === host && places.some(({ protocol }) => protocol === service.protocol),
    );
    return others.map((other) =>
      services.flatMap((service) =>
        toHost(service, subject, other.host, { port: service.port, security: service.security }),
      ),
    );
  },
  works: (trial, subject, { places, others }) =>
    places.every(({ protocol }) => {
      const handshake = trial.fact(mailTls[protocol])?.handshake;
      if (handshake?.kind !== 'done' || !handshake.nameMatches) return false;
      const host = subject.services[protocol]?.host;
      // A name that leads to another machine is the right one only if that machine knows the account.
      return others.some((other) => other.host === host && other.sameAddress) || serves(trial, subject, protocol);
    }),
  because: ({ host, places, names }, change) => {
    const where = placesText(places);
    const shown = names.length > 0 ? names.join(', ') : '-';
    const to = String(change[0]?.to ?? '');
    const proven =
      change.length > 0
        ? both(
            ` ${to} is a name of the same server: with it as host the check passes.`,
            `${to} は同じサーバーの名前で、これをホスト名にすると検証に成功することを確認しました。`,
          )
        : both('', '');
    return both(
      `The certificate of ${where.en} is for ${shown}, but the settings say ${host}. The CRM refuses the connection for it.${proven.en}`,
      `${where.ja} の証明書は ${shown} 用ですが、設定のホスト名は ${host} です。このため、CRM は接続を拒否します。${proven.ja}`,
    );
  },
  steps: ({ host, places, names }, change) => {
    const first = firstOf(places);
    if (change.length > 0) {
      return [
        both(`Set ${changeWords(change)}.`, `${changeWords(change)} に変更します。`),
        both('Enter the same host in the mail settings of the CRM.', 'CRM のメール設定にも同じホスト名を入力します。'),
      ];
    }
    return [
      both(
        `If your provider gives another server name for ${host} (perhaps ${names.slice(0, 2).join(' or ') || 'the name of the machine'}), enter that as host.`,
        `プロバイダーが ${host} とは別のサーバー名（${names.length > 0 ? `${names.slice(0, 2).join('、')} など` : 'サーバー固有の名前など'}）を案内している場合は、そちらをホスト名に設定します。`,
      ),
      both(
        `Else let the administrator of ${host} have a certificate issued that names it: certbot certonly -d ${host} (with all names in use).`,
        `案内がない場合は、${host} を含む証明書の発行を管理者に依頼します: certbot certonly -d ${host}（使用中の名前をすべて指定します）。`,
      ),
      both(
        `Verify: ${inspect(first, 'openssl x509 -noout -ext subjectAltName')} must show ${host}.`,
        `確認: ${inspect(first, 'openssl x509 -noout -ext subjectAltName')} を実行し、${host} が表示されることを確認します。`,
      ),
    ];
  },
});
