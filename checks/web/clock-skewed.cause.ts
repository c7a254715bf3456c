import { both } from '../auth/words.ts';
import { apartText } from '../clock/words.ts';
import { clockApart } from '../crm/clock-apart.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';

/** The login is refused because the clocks differ; which of the two is off only a third can tell. */
export const crmClockSkewed = connectCause<{ readonly offsetMs?: number }>({
  id: 'clock.skewed',
  title: both('The clocks of this machine and of the CRM differ', 'このマシンと CRM の時計がずれています'),
  about: both(
    'Tokens and signatures carry a time, and the CRM compares it with its own clock. When the two clocks are minutes apart, a right key is refused as expired or as not valid yet. crm-doctor reads the time out of the answer of the CRM and compares it with the clock of this machine.',
    'トークンや署名には時刻が含まれ、CRM は自分の時計と照合します。双方の時計が数分ずれていると、正しいキーでも期限切れや有効期間前として拒否されます。crm-doctor は、CRM の応答に含まれる時刻とこのマシンの時計を比べます。',
  ),
  owner: 'crm-admin',
  confidence: ({ offsetMs }) => (offsetMs === undefined ? 0.8 : 0.92),
  more: ({ fact }) => {
    const offsetMs = clockApart(fact);
    return offsetMs === undefined ? {} : { offsetMs };
  },
  seen: ({ offsetMs }) => {
    if (offsetMs === undefined) return [];
    const apart = apartText(offsetMs);
    return [both(`the clock of the CRM is ${apart.en} ours`, `CRM の時計はこのマシンより${apart.ja}`)];
  },
  ruledOut: ({ offsetMs }) =>
    offsetMs === undefined
      ? []
      : [
          ruledOut(
            'crm.key-expired',
            'at this difference a right key is refused too',
            'この時間差では、正しいキーも拒否されます',
          ),
          ruledOut(
            'crm.auth-failed',
            'the login of this CRM carries a time',
            'この CRM のログインには時刻が含まれます',
          ),
        ],
  because: ({ product, host, offsetMs }) => {
    if (offsetMs === undefined) {
      return both(
        `${product} at ${host} refuses the login because of its time.`,
        `${host} の ${product} が、時刻を理由にログインを拒否しています。`,
      );
    }
    const apart = apartText(offsetMs);
    return both(
      `The clock of ${product} at ${host} is ${apart.en} the clock of this machine. Its logins carry a time and are refused at such a difference.`,
      `${host} の ${product} の時計は、このマシンより${apart.ja}。ログインに時刻が含まれるため、この差では拒否されます。`,
    );
  },
  steps: ({ host }) => [
    both(
      'Compare this machine with the right time: "timedatectl" (Windows: "w32tm /query /status"), and switch the synchronisation on ("timedatectl set-ntp true").',
      'このマシンの時刻が正しいか確認し（「timedatectl」、Windows は「w32tm /query /status」）、時刻同期を有効にします（「timedatectl set-ntp true」）。',
    ),
    both(
      `If this machine is right, do the same on ${host}; the clock of a vendor's own service can be taken as right.`,
      `このマシンが正しい場合は、${host} でも同じ確認を行います（クラウドサービスの時計は正しいと考えてかまいません）。`,
    ),
    both(
      'A virtual machine or a container has the clock of its host: correct it there.',
      '仮想マシンやコンテナーの時計はホストのものです。ホスト側で直します。',
    ),
  ],
});
