import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { clockIsRight, hasNotBegun, shownWhere } from './certificate-dates.ts';
import type { TlsPlace } from './views.ts';
import { dayOf, daysBetween, findingOf, firstOf, inspect, reload, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly notBefore: string;
  readonly at: string;
  readonly daysAhead: number;
  readonly fingerprint: string;
}

export const certificateNotYetValid = defineCause<Detail>({
  id: 'tls.certificate-not-yet-valid',
  title: both('The server certificate is not valid yet', 'サーバー証明書がまだ有効になっていません'),
  about: both(
    "A server certificate is the identity card of a server and has a first and a last day. The first day of this one is still to come, so programs refuse the encrypted connection. It was installed too early, or issued by a machine whose clock is ahead. If the clock of the CRM's host is behind, a good certificate looks the same.",
    'サーバー証明書はサーバーの身分証で、有効期間の初日と最終日が決まっています。この証明書は初日がまだ来ていないため、プログラムは暗号化された接続を拒否します。設置が早すぎたか、時計の進んだマシンで発行されたことが考えられます。CRM のマシンの時計が遅れている場合も、同じ結果になります。',
  ),
  owner: 'mail-admin',
  unless: ['clock.skewed'],
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject);
    return shownWhere(views, hasNotBegun).map((shown) => {
      const { notBefore, fingerprint } = shown.certificate;
      const at = shown.views[0]?.fact.at ?? notBefore;
      const ruledOut = clockIsRight(views, shown);
      return findingOf(
        shown.views,
        { places: tlsPlaces(shown.views), notBefore, at, daysAhead: daysBetween(at, notBefore) + 1, fingerprint },
        {
          severity: () => 'critical',
          confidence: ruledOut.length > 0 ? 0.97 : 0.88,
          says: () =>
            both(`notBefore ${notBefore}, now it is ${at}`, `有効期間の開始 (notBefore) ${notBefore}、現在時刻 ${at}`),
          ruledOut,
        },
      );
    });
  },
  because: ({ places, notBefore, at, daysAhead }) => {
    const where = placesText(places);
    return both(
      `The certificate of ${where.en} is valid only from ${dayOf(notBefore)}, in ${daysAhead} days (this machine's clock says ${at}). The CRM refuses the connection for it.`,
      `${where.ja} の証明書が有効になるのは ${dayOf(notBefore)} で、あと ${daysAhead} 日あります（このマシンの時計は ${at}）。このため、CRM は接続を拒否します。`,
    );
  },
  steps: ({ places, notBefore }) => {
    const first = firstOf(places);
    return [
      both(
        "Compare the clock of the CRM's host with the right time: timedatectl.",
        'CRM のマシンの時計が正しいか確認します: timedatectl。',
      ),
      both(
        `If the clock is right: put the former certificate of ${first.host} back until ${dayOf(notBefore)}, or have a new one issued.`,
        `時計が正しい場合は、${dayOf(notBefore)} まで ${first.host} の証明書を以前のものに戻すか、新しく発行し直します。`,
      ),
      reload,
      both(
        `Verify: ${inspect(first, 'openssl x509 -noout -dates')}.`,
        `確認: ${inspect(first, 'openssl x509 -noout -dates')} を実行し、有効期間を確認します。`,
      ),
    ];
  },
});
