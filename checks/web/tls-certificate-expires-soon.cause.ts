import { defineCrmCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { crmConnect } from '../crm/connect.check.ts';
import { webCertificateEnds, webTlsOf } from '../crm/web-certificate.ts';
import { soonDays } from '../mail/runtimes.ts';
import { reloadWeb } from './web-tls.ts';

interface Detail {
  readonly host: string;
  readonly port: number;
  readonly on: string;
  readonly days: number;
}

export const crmCertificateExpiresSoon = defineCrmCause<Detail>({
  id: 'tls.certificate-expires-soon',
  title: both(
    "The certificate of the CRM's web server expires soon",
    'CRM の Web サーバーの証明書の有効期限が近づいています',
  ),
  about: both(
    'It still works, but ends within three weeks, while automatic renewal replaces certificates about a month before. So the renewal has probably failed, and on that day every integration with the CRM stops at once.',
    '現在は使えますが、残りが 3 週間を切っています。自動更新は通常、期限の約 1 か月前に行われるため、更新に失敗している可能性があります。期限を過ぎると、CRM との連携がすべて同時に止まります。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const fact = evidence.bad(crmConnect);
    if (fact?.reply.kind !== 'answered') return [];
    const [ends, tls] = [webCertificateEnds(fact), webTlsOf(fact)];
    if (!ends || !tls) return [];
    return [
      {
        detail: { host: tls.host, port: tls.port, ...ends },
        severity: 'warning',
        confidence: 0.98,
        affects: [subject.label],
        evidence: [
          {
            check: crmConnect,
            says: both(`notAfter ${tls.leaf.notAfter}`, `有効期限 (notAfter) ${tls.leaf.notAfter}`),
          },
        ],
      },
    ];
  },
  because: ({ host, port, on, days }) =>
    both(
      `The certificate of ${host}:${port} ends on ${on}, in ${days} days (a warning is given from ${soonDays} days on).`,
      `${host}:${port} の証明書の有効期限は ${on} で、残り ${days} 日です（${soonDays} 日前から注意を表示します）。`,
    ),
  steps: ({ host, on }) => [
    both(
      `On ${host}: try the renewal and read why it fails (certbot renew --dry-run), or order a new certificate before ${on}.`,
      `${host} で更新を試し、失敗する理由を確認します (certbot renew --dry-run)。手動で管理している場合は、${on} より前に新しい証明書を取得します。`,
    ),
    reloadWeb,
  ],
});
