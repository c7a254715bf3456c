import { defineCause } from '../../src/model/cause.ts';
import type { Hop } from '../../src/model/trip-facts.ts';
import { both } from '../auth/words.ts';
import { delayedMs, mailRoundTrip } from '../mail/round-trip.check.ts';

interface Delayed {
  readonly address: string;
  readonly seconds: number;
  /** Where it lay the longest: between two servers, or before the mailbox showed it. */
  readonly held?: { readonly from: string; readonly to: string; readonly seconds: number };
}

/** Received lines count whole seconds. */
const skewMs = 2_000;

const seconds = (ms: number): number => Math.round(ms / 1000);

/** The longest wait between two Received lines; what no line shows was spent at the end. */
const heldBy = (hops: readonly Hop[], totalMs: number): Delayed['held'] => {
  const waits = hops.flatMap(({ by, afterMs }, index) => {
    const from = hops[index - 1]?.by;
    // Longer than the whole way: the clocks of the two servers differ, and the gap says nothing.
    const skewed = afterMs !== undefined && afterMs > totalMs + skewMs;
    return from === undefined || afterMs === undefined || skewed ? [] : [{ from, to: by, ms: afterMs }];
  });
  const [longest] = waits.toSorted((left, right) => right.ms - left.ms);
  const rest = totalMs - waits.reduce((sum, { ms }) => sum + Math.max(0, ms), 0);
  const last = hops.at(-1)?.by;
  if (longest && longest.ms >= rest) return { from: longest.from, to: longest.to, seconds: seconds(longest.ms) };
  return last === undefined ? undefined : { from: last, to: '', seconds: seconds(rest) };
};

export const delayed = defineCause<Delayed>({
  id: 'deliver.delayed',
  title: both('Mail arrives late', 'メールの到着が遅れています'),
  about: both(
    'On its way a message passes several servers, and each writes a "Received" line with its time. A gap between two lines shows which server held it: a full queue, a virus scanner, or greylisting (a first refusal for some minutes). crm-doctor calls it late above 20 seconds.',
    'メールは複数のサーバーを経由し、各サーバーは時刻付きの「Received」行を書き加えます。行と行の間隔から、どのサーバーで止まっていたかがわかります。送信待ちの混雑、ウイルス検査、グレーリスト（数分間の一時拒否）などが原因です。crm-doctor では 20 秒を超えた場合に遅延とみなします。',
  ),
  explain: (evidence, subject) => {
    const found = evidence.fact(mailRoundTrip)?.found;
    if (!found || found.afterMs <= delayedMs) return [];
    const held = heldBy(found.hops, found.afterMs);
    return [
      {
        detail: { address: subject.address, seconds: seconds(found.afterMs), ...(held ? { held } : {}) },
        severity: 'warning',
        confidence: held ? 0.93 : 0.85,
        affects: [subject.address],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(`arrived after ${seconds(found.afterMs)} s`, `${seconds(found.afterMs)} 秒後に届きました`),
          },
          ...found.hops.map(({ by, at, afterMs }) => ({
            check: mailRoundTrip,
            says: both(
              `${by} ${at}${afterMs === undefined ? '' : ` (+${seconds(afterMs)} s)`}`,
              `${by} ${at}${afterMs === undefined ? '' : `（+${seconds(afterMs)} 秒）`}`,
            ),
          })),
        ],
        ruledOut: [
          {
            cause: 'deliver.not-received',
            check: mailRoundTrip,
            says: both('the message did arrive', 'メール自体は届いています'),
          },
        ],
      },
    ];
  },
  owner: 'mail-admin',
  because: ({ address, seconds: took, held }) => {
    const where =
      held === undefined
        ? both('Its headers do not show where it waited.', 'ヘッダーからは、どこで止まっていたかはわかりません。')
        : held.to === ''
          ? both(
              `${held.from} had it early; ${held.seconds} s passed there before the mailbox showed it.`,
              `${held.from} が受け取ってから、メールボックスに現れるまでに ${held.seconds} 秒かかっています。`,
            )
          : both(
              `${held.from} held it for ${held.seconds} s before ${held.to} received it.`,
              `${held.from} で ${held.seconds} 秒止まってから、${held.to} に渡されています。`,
            );
    return both(
      `A test message of ${address} to itself took ${took} s. ${where.en}`,
      `${address} から自分宛てのテストメールが届くまでに ${took} 秒かかりました。${where.ja}`,
    );
  },
  steps: ({ held }) => [
    held === undefined
      ? both(
          'Repeat the round trip at another time of the day (crm-doctor mail --send).',
          '時間帯を変えて、往復テストをもう一度行います（crm-doctor mail --send）。',
        )
      : both(
          `Ask the administrator of ${held.from} what it does with mail before passing it on (queue, scanner, greylisting of the next server).`,
          `${held.from} の管理者に、次へ渡す前の処理（送信待ち、ウイルス検査、次のサーバーのグレーリスト）を確認します。`,
        ),
    both(
      'On Postfix the log shows it: delays=a/b/c/d are the seconds before the queue, in the queue, connecting and sending.',
      'Postfix では、ログの delays=a/b/c/d が、キューに入る前・キュー内・接続・送信にかかった秒数を示します。',
    ),
    both(
      'If it is the polling of the CRM that matters, compare its interval with this time.',
      'CRM の受信間隔と、この時間を比べて、業務に影響があるかを判断します。',
    ),
  ],
});
