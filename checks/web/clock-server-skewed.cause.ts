import { defineCrmCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { apartText } from '../clock/words.ts';
import { clockApart } from '../crm/clock-apart.ts';
import { crmConnect } from '../crm/connect.check.ts';

/** Logins work, and still the clock of the CRM is far from ours. */
export const crmServerSkewed = defineCrmCause<{
  readonly host: string;
  readonly product: string;
  readonly offsetMs: number;
}>({
  id: 'clock.server-skewed',
  title: both("The CRM's clock is off", 'CRM の時計がずれています'),
  about: both(
    'The CRM lets us in, but its clock differs from the clock of this machine. Scheduled jobs then start at the wrong time, mail that is fetched "since the last time" is missed, and records carry wrong times, which a synchronisation reads as newer or older than they are.',
    'ログインはできますが、CRM の時計がこのマシンとずれています。定期ジョブの開始時刻のずれ、「前回以降」のメールの取りこぼし、レコードの更新日時の誤り（同期での新旧の取り違え）の原因になります。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const fact = evidence.bad(crmConnect);
    const offsetMs = fact && clockApart(fact);
    if (fact?.reply.kind !== 'answered' || offsetMs === undefined) return [];
    const apart = apartText(offsetMs);
    return [
      {
        detail: { host: new URL(fact.url).hostname, product: fact.product, offsetMs },
        severity: 'warning',
        confidence: 0.85,
        affects: [subject.label],
        evidence: [
          {
            check: crmConnect,
            says: both(`its clock is ${apart.en} the clock of this machine`, `CRM の時計はこのマシンより${apart.ja}`),
          },
        ],
      },
    ];
  },
  because: ({ host, product, offsetMs }) => {
    const apart = apartText(offsetMs);
    return both(
      `The clock of ${product} at ${host} is ${apart.en} the clock of this machine.`,
      `${host} の ${product} の時計は、このマシンより${apart.ja}。`,
    );
  },
  steps: ({ host }) => [
    both(
      'First see that this machine is right: "timedatectl" (Windows: "w32tm /query /status").',
      'まず、このマシンの時刻が正しいことを確認します: 「timedatectl」（Windows は「w32tm /query /status」）。',
    ),
    both(
      `Let ${host} keep its time from the network (chrony, systemd-timesyncd, w32time); a container has the clock of its host.`,
      `${host} で時刻同期（chrony、systemd-timesyncd、w32time）を有効にします。コンテナーの時計はホストのものです。`,
    ),
    both(
      "Restart the CRM's workers afterwards, which keep the times of their jobs.",
      'そのあと、ジョブの予定時刻を保持している CRM のワーカーを再起動します。',
    ),
  ],
});
