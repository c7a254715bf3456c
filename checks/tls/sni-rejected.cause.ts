import { defineCause } from '../../src/model/cause.ts';
import type { Change } from '../../src/model/config.ts';
import { both, placesText } from '../auth/words.ts';
import { endText } from './handshake-faults.ts';
import type { TlsPlace, TlsView } from './views.ts';
import { findingOf, firstOf, inspect, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  /** Names of the certificate that the server shows to who sends no name. */
  readonly names: readonly string[];
  /** The server said so by the alert unrecognized_name. */
  readonly named: boolean;
  readonly paths: readonly { readonly path: string; readonly host: string }[];
}

const alerted = ({ fact: { handshake } }: TlsView): boolean =>
  handshake?.kind === 'failed' && handshake.alert === 'unrecognized_name';

const namesWithout = ({ fact: { withoutSni } }: TlsView): readonly string[] =>
  withoutSni?.kind === 'done' ? (withoutSni.chain[0]?.names ?? []) : [];

/** The name is why: the server says so, or the same handshake without it stands. */
const rejectsName = (view: TlsView): boolean => alerted(view) || view.fact.withoutSni?.kind === 'done';

/** A name that can be a host; a wildcard's usual one. */
const hostsIn = (names: readonly string[], { protocol }: TlsPlace): readonly string[] => {
  const label = protocol === 'pop3' ? 'pop' : protocol;
  return names
    .flatMap((name) => (name.startsWith('*.') ? [`mail.${name.slice(2)}`, `${label}.${name.slice(2)}`] : [name]))
    .filter((name) => /^(?!\d+(?:\.\d+){3}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(name));
};

export const sniRejected = defineCause<Detail>({
  id: 'tls.sni-rejected',
  title: both(
    'The server does not know the name that it is called by',
    'サーバーが、指定されたホスト名 (SNI) を受け付けません',
  ),
  about: both(
    "At the start of an encrypted connection the client tells the name of the server that it wants (SNI, server name indication). This server ends the connection when it hears the configured name, because it serves other names only: usually an old alias, a name of one's own that points to a provider's server, or a certificate that was never set up for this name.",
    '暗号化された接続の最初に、プログラムは接続したいサーバーの名前 (SNI) を伝えます。このサーバーは、設定されたホスト名を受け取ると接続を切断します。サーバーが別の名前だけに対応しているためで、古い別名、事業者のサーバーを指す独自の名前、証明書を設定していない名前を使っている場合に起こります。',
  ),
  owner: (detail) => (detail.names.length > 0 ? 'user' : 'mail-admin'),
  explain: (evidence, subject) =>
    tlsViews(evidence, subject)
      .filter(rejectsName)
      .map((view) => {
        const { service } = view;
        const names = namesWithout(view);
        const end = endText(view);
        return findingOf(
          [view],
          {
            places: tlsPlaces([view]),
            names,
            named: alerted(view),
            paths: [{ path: `${service.path}.host`, host: service.host }],
          },
          {
            severity: () => 'critical',
            confidence: alerted(view) ? 0.95 : 0.85,
            says: () =>
              names.length > 0
                ? both(
                    `with the name ${service.host} ${end.en}; without a name the certificate of ${names.slice(0, 3).join(', ')} is shown`,
                    `${service.host} という名前では${end.ja}。名前を送らないと ${names.slice(0, 3).join('、')} の証明書が提示されます`,
                  )
                : both(`with the name ${service.host} ${end.en}`, `${service.host} という名前では${end.ja}`),
            ruledOut:
              names.length > 0
                ? [
                    {
                      cause: 'tls.handshake-dropped',
                      check: view.check,
                      says: both(
                        'without the server name the handshake succeeds',
                        'サーバー名を送らなければ、ハンドシェイクに成功します',
                      ),
                    },
                  ]
                : [],
          },
        );
      }),
  candidates: ({ names, paths, places }) =>
    hostsIn(names, firstOf(places))
      .filter((name) => paths.every(({ host }) => host.toLowerCase() !== name.toLowerCase()))
      .slice(0, 3)
      .map((to): readonly Change[] => paths.map(({ path, host }) => ({ path, from: host, to }))),
  because: ({ places, names, named }, change) => {
    const where = placesText(places);
    const first = firstOf(places);
    const said = named
      ? both(
          'says that it does not know this name (alert unrecognized_name)',
          'この名前に対応していないと応答します (unrecognized_name)',
        )
      : both('ends the handshake for this name only', 'この名前のときだけ、ハンドシェイクを中止します');
    const to = String(change[0]?.to ?? '');
    const way =
      change.length > 0
        ? both(` With ${to} as the host it works.`, `ホストを ${to} に変更すると、接続できることを確認しました。`)
        : names.length > 0
          ? both(
              ` It serves ${names.slice(0, 3).join(', ')}.`,
              `このサーバーが対応しているのは ${names.slice(0, 3).join('、')} です。`,
            )
          : both('', '');
    return both(
      `The server at ${where.en} hears the name ${first.host} and ${said.en}.${way.en}`,
      `${where.ja} のサーバーは、${first.host} という名前を受け取ると、${said.ja}。${way.ja}`,
    );
  },
  steps: ({ places, names }, change) => {
    const first = firstOf(places);
    const to = String(change[0]?.to ?? '');
    return [
      ...(change.length > 0
        ? [
            both(
              `Set the host to ${to}, here and in the CRM.`,
              `この設定ファイルと CRM の両方で、ホストを ${to} に変更します。`,
            ),
          ]
        : names.length > 0
          ? [
              both(
                `Use a name that the server serves (${names.slice(0, 3).join(', ')}) as the host in the CRM.`,
                `CRM のホストに、サーバーが対応している名前 (${names.slice(0, 3).join('、')}) を設定します。`,
              ),
            ]
          : []),
      both(
        `Or have ${first.host} set up at the server, with a certificate (Dovecot: local_name ${first.host}; HAProxy: strict-sni with a certificate for it).`,
        `または、サーバー側で ${first.host} とその証明書を設定します（Dovecot は local_name ${first.host}、HAProxy は strict-sni とその証明書）。`,
      ),
      both(
        `Verify: ${inspect(first)} must show a certificate.`,
        `確認: ${inspect(first)} を実行し、証明書が表示されることを確認します。`,
      ),
    ];
  },
});
