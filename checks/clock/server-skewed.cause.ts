import { defineCause } from '../../src/model/cause.ts';
import { grouped } from '../auth/grouped.ts';
import { both } from '../auth/words.ts';
import { mailClock } from '../mail/clock.check.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { isFar, isZone, seenReading, theirOffsets } from './readings.ts';
import { apartText } from './words.ts';

interface ServerSkewed {
  readonly host: string;
  readonly offsetMs?: number;
}

export const serverSkewed = defineCause<ServerSkewed>({
  id: 'clock.server-skewed',
  title: both("A mail server's clock is off", 'メールサーバーの時計がずれています'),
  about: both(
    'Mail servers write their time into every message. When one of them is off, messages seem to arrive before they were sent, a CRM that fetches by date misses some, and DKIM signatures count as made in the future. crm-doctor names a server when it differs while another machine agrees with this one.',
    'メールサーバーは、すべてのメールに自分の時刻を書き込みます。時計がずれていると、送信前に届いたように見える、日付で取り込む CRM がメールを取りこぼす、DKIM 署名が未来のものと判断される、といった問題が起こります。ほかのマシンの時刻がこのマシンと一致しているのに、そのサーバーだけが異なる場合に指摘します。',
  ),
  unless: ['clock.skewed'],
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const fact = evidence.fact(mailClock);
    if (!fact) return [];
    const right = fact.readings.find((reading) => !isFar(reading));
    const off = theirOffsets(fact).filter(({ offsetMs }) => !isZone(offsetMs));
    const found = grouped(off, ({ host }) => host).flatMap((readings) => {
      const [first] = readings;
      if (!first || !right) return [];
      return [
        {
          detail: { host: first.host, offsetMs: first.offsetMs },
          severity: 'warning' as const,
          confidence: 0.9,
          affects: [mailClock.target(subject)],
          evidence: readings.map(seenReading),
          ruledOut: [
            {
              cause: 'clock.skewed',
              check: mailClock,
              says: both(`${right.host} agrees with this machine`, `${right.host} の時刻はこのマシンと一致しています`),
            },
          ],
        },
      ];
    });
    const signer = fact.signedInFuture;
    if (found.length > 0 || !signer || fact.readings.some(isFar)) return found;
    return [
      {
        detail: { host: signer.domain },
        severity: 'warning',
        confidence: 0.85,
        affects: [mailClock.target(subject)],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(
              `DKIM of ${signer.domain}: t= is in the future`,
              `${signer.domain} の DKIM 署名: t= が未来の時刻です`,
            ),
          },
          {
            check: mailClock,
            says: both('the times in Received agree with this machine', 'Received の時刻はこのマシンと一致しています'),
          },
        ],
      },
    ];
  },
  because: ({ host, offsetMs }) => {
    if (offsetMs === undefined) {
      return both(
        `The server that signs for ${host} has a clock that is ahead: its DKIM signature carries a time to come, which receivers refuse.`,
        `${host} の署名を行うサーバーの時計が進んでいます。DKIM 署名に未来の時刻が入り、受信側で無効と判断されます。`,
      );
    }
    const apart = apartText(offsetMs);
    return both(
      `The clock of ${host} is ${apart.en} this machine and the other servers. Dates of messages and of signatures are wrong by that.`,
      `${host} の時計は、このマシンやほかのサーバーより${apart.ja}。メールや署名の日時も、その分ずれます。`,
    );
  },
  steps: ({ host }) => [
    both(
      `Let ${host} keep its time from the network (chrony, systemd-timesyncd, w32time).`,
      `${host} で時刻同期（chrony、systemd-timesyncd、w32time）を有効にします。`,
    ),
    both(
      'Restart its mail services afterwards: some keep the time at which they started.',
      '時刻を合わせたあと、メール関連のサービスを再起動します。',
    ),
    both(
      'Run the round trip again: `crm-doctor mail --send`.',
      '`crm-doctor mail --send` で送受信をもう一度確認します。',
    ),
  ],
});
