import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { mailClock } from '../mail/clock.check.ts';
import { isFar, isZone, ourOffset, seenReading, theirOffsets } from './readings.ts';
import { apartText } from './words.ts';

interface TimezoneWrong {
  readonly whose: 'ours' | 'theirs' | 'one';
  readonly hosts: readonly string[];
  readonly offsetMs: number;
}

export const timezoneWrong = defineCause<TimezoneWrong>({
  id: 'clock.timezone-wrong',
  title: both('A time zone is set wrongly', 'タイムゾーンの設定が間違っています'),
  about: both(
    'A clock can show the right time on the wall and still mean another moment: nine hours too early when Japanese time is taken for UTC. The minutes are right, whole hours are off. Dates in the CRM shift by hours, and a CRM that fetches mail since its last run misses what seems to come from the past. Typical after a move to a container or a virtual machine.',
    '時計の表示は正しくても、別の時刻を意味していることがあります。日本時間を UTC として扱うと 9 時間ずれます。分は合っていて、時間だけがずれるのが特徴です。CRM の日時が数時間ずれ、前回以降のメールを取り込む CRM は、過去に見えるメールを取りこぼします。コンテナーや仮想マシンへの移行後によく起こります。',
  ),
  unless: ['clock.skewed'],
  owner: ({ whose }) => (whose === 'theirs' ? 'mail-admin' : 'crm-admin'),
  explain: (evidence, subject) => {
    const fact = evidence.fact(mailClock);
    if (!fact) return [];
    const ours = ourOffset(fact);
    const their = theirOffsets(fact);
    const far = ours ? ours.by : their.length > 0 ? their : fact.readings.filter(isFar);
    const off = far.filter(({ offsetMs }) => isZone(offsetMs));
    const [first] = off;
    if (!first || off.length < far.length) return [];
    const whose = ours ? 'ours' : their.length > 0 ? 'theirs' : 'one';
    return [
      {
        detail: { whose, hosts: [...new Set(off.map(({ host }) => host))], offsetMs: first.offsetMs },
        severity: 'warning',
        // One clock that differs by whole hours may also be off by chance.
        confidence: whose === 'one' ? 0.7 : 0.9,
        affects: [mailClock.target(subject)],
        evidence: off.map(seenReading),
        ruledOut: [
          {
            cause: whose === 'theirs' ? 'clock.server-skewed' : 'clock.skewed',
            check: mailClock,
            says: both('the minutes are right, only hours are off', '分は合っており、時間だけがずれています'),
          },
        ],
      },
    ];
  },
  because: ({ whose, hosts, offsetMs }) => {
    const names = { en: hosts.join(' and '), ja: hosts.join('、') };
    const apart = apartText(offsetMs);
    const lead = both(
      `${names.en} is ${apart.en} this machine, to the minute: a time zone is wrong`,
      `${names.ja} の時刻は、このマシンより${apart.ja}。分まで一致しているため、タイムゾーンの誤りです`,
    );
    switch (whose) {
      case 'ours':
        return both(
          `${lead.en}, here, since the servers agree with each other.`,
          `${lead.ja}。サーバー同士は一致しているため、このマシンの設定が原因です。`,
        );
      case 'theirs':
        return both(
          `${lead.en} there, since another server agrees with this machine.`,
          `${lead.ja}。別のサーバーはこのマシンと一致しているため、${names.ja} の設定が原因です。`,
        );
      case 'one':
        return both(`${lead.en} on one of the two sides.`, `${lead.ja}。どちらか一方の設定が原因です。`);
    }
  },
  steps: ({ whose, hosts }) => [
    ...(whose === 'theirs'
      ? []
      : [
          both(
            'Look at the clock of this machine in UTC: "date -u" must show UTC, and "timedatectl" must say "RTC in local TZ: no".',
            'このマシンの時刻を UTC で確認します。「date -u」が UTC を示し、「timedatectl」の「RTC in local TZ」が no であることが必要です。',
          ),
        ]),
    ...(whose === 'ours'
      ? []
      : [
          both(
            `Let the administrator of ${hosts.join(', ')} compare "date" and "date -u" on the server.`,
            `${hosts.join('、')} の管理者に、サーバーで「date」と「date -u」を比べてもらいます。`,
          ),
        ]),
    both(
      'Correct the zone, not the hour: "timedatectl set-timezone Asia/Tokyo"; for a container set TZ and mount the zone files; then restart the mail services or the CRM.',
      '時刻ではなくタイムゾーンを直します: 「timedatectl set-timezone Asia/Tokyo」。コンテナーでは TZ とタイムゾーンのファイルを設定します。その後、メールサービスや CRM を再起動します。',
    ),
    both(
      "See that the CRM's own zone (PHP date.timezone, the user's profile) is the one that is meant.",
      'CRM 自身のタイムゾーン（PHP の date.timezone、ユーザー設定）も確認します。',
    ),
  ],
});
