import { defineCause } from '../../src/model/cause.ts';
import { type RuntimeOf, rulesOf } from '../../src/reason/runtimes.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import type { TlsPlace } from '../tls/views.ts';
import { findingOf, firstOf, inspect, problemIn, runtimeOf, tlsPlaces, tlsViews } from '../tls/views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly as: RuntimeOf;
  /** What the server chose with a client of today. */
  readonly server: string;
}

export const versionIncompatible = defineCause<Detail>({
  id: 'version.incompatible',
  title: both(
    'CRM and mail server cannot agree on a version of TLS',
    'CRM とメールサーバーの TLS のバージョンが合いません',
  ),
  about: both(
    'TLS, the encryption of the connection, has versions: 1.0 and 1.1 are obsolete, 1.2 and 1.3 are in use. Servers give up old versions one after the other. A CRM on an old runtime (PHP, Java, .NET) speaks the old ones only, and fails from the day on which the server drops them, although nobody has touched the CRM. Programs of today connect to the same server without trouble.',
    '通信を暗号化する TLS にはバージョンがあり、1.0 と 1.1 は廃止され、現在は 1.2 と 1.3 が使われています。サーバーは古いバージョンを順に廃止していくため、古い実行環境（PHP、Java、.NET など）で動く CRM は、CRM 側を何も変えていなくても、ある日から接続できなくなります。現在のプログラムからは問題なく接続できます。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => problemIn(view, 'runtime-version') !== undefined);
    return grouped(views, ({ service }) => service.host).flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { newest } = rulesOf(runtimeOf(first));
      const server = first.done?.version ?? '';
      return [
        findingOf(
          group,
          { places: tlsPlaces(group), as: runtimeOf(first), server },
          {
            severity: () => 'critical',
            confidence: 0.96,
            says: () =>
              both(
                `with ${server} the handshake succeeds, with ${newest} and older the server refuses the version`,
                `${server} ではハンドシェイクに成功し、${newest} 以前ではサーバーがバージョンを拒否します`,
              ),
            ruledOut: [
              {
                cause: 'tls.protocol-too-old',
                check: first.check,
                says: both(`the server speaks ${server}`, `サーバーは ${server} に対応しています`),
              },
            ],
          },
        ),
      ];
    });
  },
  because: ({ places, as, server }) => {
    const where = placesText(places);
    const { name, newest } = rulesOf(as);
    return both(
      `${name}, on which the CRM runs, speaks TLS up to ${newest}; the server at ${where.en} speaks ${server} and refuses ${newest}. A handshake in the profile of ${name} has failed.`,
      `CRM の実行環境である ${name} が対応しているのは ${newest} までで、${where.ja} のサーバーは ${server} に対応していますが、${newest} を拒否します。${name} と同じ設定で試したハンドシェイクは失敗しました。`,
    );
  },
  steps: ({ places, as, server }) => {
    const first = firstOf(places);
    const { name, newest } = rulesOf(as);
    return [
      both(
        `Move the CRM to a newer runtime than ${name} that speaks ${server} (today's PHP, Python, Java, .NET and Node.js all do).`,
        `CRM の実行環境を、${name} から ${server} に対応した新しいバージョンに更新します（現在の PHP、Python、Java、.NET、Node.js はすべて対応しています）。`,
      ),
      both(
        `Until then: a relay of your own that takes ${newest} inside your network and speaks ${server} to ${first.host} (Postfix as a smarthost, stunnel). Do not have the server take obsolete versions again.`,
        `更新するまでは、社内では ${newest} で受け、${first.host} へは ${server} で接続する中継（Postfix のスマートホスト、stunnel など）を置きます。サーバー側で廃止済みのバージョンを再び有効にすることは避けます。`,
      ),
      both(
        `Verify: ${inspect(first, 'grep -E "Protocol|New,"')} shows what the server takes; run this on the CRM's host.`,
        `確認: CRM のホストで ${inspect(first, 'grep -E "Protocol|New,"')} を実行し、接続に使われるバージョンを確認します。`,
      ),
    ];
  },
});
