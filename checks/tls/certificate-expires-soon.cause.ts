import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { soonDays } from '../mail/runtimes.ts';
import { shownWhere } from './certificate-dates.ts';
import type { TlsPlace } from './views.ts';
import { dayOf, daysBetween, findingOf, firstOf, inspect, problemIn, reload, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly notAfter: string;
  readonly daysLeft: number;
  readonly fingerprint: string;
}

export const certificateExpiresSoon = defineCause<Detail>({
  id: 'tls.certificate-expires-soon',
  title: both('The server certificate expires soon', 'サーバー証明書の有効期限が近づいています'),
  about: both(
    'A server certificate is the identity card of a server; it is issued for a limited time. It still works, but ends within three weeks, while automatic renewal replaces certificates about a month before. So the renewal has probably failed, and on the last day the CRM stops sending and fetching mail.',
    'サーバー証明書はサーバーの身分証で、有効期限付きで発行されます。現在は使えますが、残りが 3 週間を切っています。自動更新は通常、期限の約 1 か月前に行われるため、更新に失敗している可能性があります。期限を過ぎると、CRM はメールを送受信できなくなります。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => problemIn(view, 'ends-soon'));
    return shownWhere(views, (certificate, { leaf }) => certificate === leaf).map((shown) => {
      const { notAfter, fingerprint } = shown.certificate;
      const daysLeft = daysBetween(shown.views[0]?.fact.at ?? notAfter, notAfter);
      return findingOf(
        shown.views,
        { places: tlsPlaces(shown.views), notAfter, daysLeft, fingerprint },
        {
          severity: () => 'warning',
          confidence: 0.98,
          says: () =>
            both(`notAfter ${notAfter}, ${daysLeft} days left`, `有効期限 (notAfter) ${notAfter}、残り ${daysLeft} 日`),
        },
      );
    });
  },
  because: ({ places, notAfter, daysLeft }) => {
    const where = placesText(places);
    return both(
      `The certificate of ${where.en} ends on ${dayOf(notAfter)}, in ${daysLeft} days (a warning is given from ${soonDays} days on).`,
      `${where.ja} の証明書の有効期限は ${dayOf(notAfter)} で、残り ${daysLeft} 日です（${soonDays} 日前から注意を表示します）。`,
    );
  },
  steps: ({ places, notAfter }) => {
    const first = firstOf(places);
    return [
      both(
        `On ${first.host}: try the renewal and read why it fails (certbot renew --dry-run), or order a new certificate before ${dayOf(notAfter)}.`,
        `${first.host} で更新を試し、失敗する理由を確認します (certbot renew --dry-run)。手動で管理している場合は、${dayOf(notAfter)} より前に新しい証明書を取得します。`,
      ),
      reload,
      both(
        `Verify: ${inspect(first, 'openssl x509 -noout -enddate')}.`,
        `確認: ${inspect(first, 'openssl x509 -noout -enddate')} を実行し、新しい有効期限を確認します。`,
      ),
    ];
  },
});
