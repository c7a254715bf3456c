import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import type { LogDetail } from '../logs/log-says.ts';
import { fromLogs, logSentence } from '../logs/log-says.ts';
import { mailClock } from '../mail/clock.check.ts';
import { mailTls } from '../mail/tls.check.ts';
import { boundsMet, isZone, ourOffset, seenReading } from './readings.ts';
import { apartText } from './words.ts';

interface Skewed {
  /** Theirs minus ours; undefined where only certificates or a log tell it. */
  readonly offsetMs?: number;
  readonly hosts: readonly string[];
  readonly log?: LogDetail;
}

export const skewed = defineCause<Skewed>({
  id: 'clock.skewed',
  title: both("This machine's clock is off", 'このマシンの時計がずれています'),
  about: both(
    'Certificates, sign-in tokens and signatures carry a time, and both sides compare it with their own clock. When the clock of this machine (or of the CRM) is off by minutes or days, good certificates count as expired or not yet valid and fresh tokens as old. crm-doctor blames this machine only when two sources that do not depend on each other tell the same other time.',
    '証明書、認証トークン、署名には時刻が含まれ、双方が自分の時計と照合します。このマシン（CRM のマシン）の時計が数分から数日ずれると、正しい証明書が期限切れや開始前と判断され、新しいトークンも古いものとして拒否されます。互いに独立した 2 つ以上の情報源が同じ別の時刻を示したときだけ、このマシンの時計のずれと判断します。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const fact = evidence.fact(mailClock);
    const ours = fact && ourOffset(fact);
    const logged = fromLogs('clock.skewed', evidence, subject).map((finding) => ({
      ...finding,
      detail: { hosts: finding.detail.hosts, log: finding.detail },
    }));
    const target = mailClock.target(subject);
    if (fact && ours && !isZone(ours.offsetMs)) {
      const mended = boundsMet(fact, ours.offsetMs);
      return [
        {
          detail: { offsetMs: ours.offsetMs, hosts: [...new Set(ours.by.map(({ host }) => host))] },
          severity: mended.length > 0 || logged.length > 0 ? 'critical' : 'warning',
          confidence: 0.95,
          affects: [target, ...mended.map((bound) => bound.target)],
          evidence: [
            ...ours.by.map(seenReading),
            ...Object.values(mailTls)
              .filter(
                (check) => check.present(subject) && mended.some((bound) => bound.target === check.target(subject)),
              )
              .map((check) => ({
                check,
                says: both(
                  'at the time that the servers tell, the certificate is valid',
                  'サーバーが示す時刻では、証明書は有効です',
                ),
              })),
            ...logged.flatMap((finding) => finding.evidence),
          ],
          ruledOut: [
            {
              cause: 'clock.server-skewed',
              check: mailClock,
              says: both(
                `${ours.by.length} sources tell the same other time`,
                `${ours.by.length} つの情報源が、このマシンとは違う同じ時刻を示しています`,
              ),
            },
          ],
        },
      ];
    }
    const early = fact?.bounds.filter(({ kind }) => kind === 'not-yet-valid') ?? [];
    // Two authorities do not both issue certificates for a day to come.
    if (fact && fact.readings.length === 0 && new Set(early.map(({ issuer }) => issuer)).size >= 2) {
      return [
        {
          detail: { hosts: [...new Set(early.map(({ host }) => host))] },
          severity: 'critical',
          confidence: 0.9,
          affects: [target, ...early.map((bound) => bound.target)],
          evidence: [
            ...Object.values(mailTls)
              .filter(
                (check) => check.present(subject) && early.some((bound) => bound.target === check.target(subject)),
              )
              .map((check) => {
                const bound = early.find((one) => one.target === check.target(subject));
                return {
                  check,
                  says: both(
                    `valid from ${bound?.date ?? ''} (${bound?.issuer ?? ''}), this machine says ${fact.at}`,
                    `有効期間の開始は ${bound?.date ?? ''}（${bound?.issuer ?? ''}）、このマシンの時刻は ${fact.at}`,
                  ),
                };
              }),
          ],
        },
      ];
    }
    return logged;
  },
  because: ({ offsetMs, hosts, log }) => {
    if (log) {
      const sentence = logSentence(log);
      return both(
        `A provider refused a token because of its time, which means that the clock of the CRM's host is off. ${sentence.en}`,
        `トークンの時刻を理由に拒否されています。CRM のマシンの時計がずれていることを示します。${sentence.ja}`,
      );
    }
    if (offsetMs === undefined) {
      return both(
        `The certificates of ${hosts.join(' and ')} come from different authorities and are all not yet valid by this machine's clock, so the clock is behind.`,
        `${hosts.join('、')} の証明書は発行元が異なるのに、このマシンの時計ではどれも有効期間の開始前です。このマシンの時計が遅れています。`,
      );
    }
    const apart = apartText(-offsetMs);
    return both(
      `The clock of this machine is ${apart.en} ${hosts.join(' and ')}, which agree with each other.`,
      `このマシンの時計は、互いに一致している ${hosts.join('、')} より${apart.ja}。`,
    );
  },
  steps: () => [
    both(
      'See whether the machine keeps time from the network: "timedatectl" (Windows: "w32tm /query /status").',
      'ネットワークから時刻を合わせているか確認します: 「timedatectl」（Windows は「w32tm /query /status」）。',
    ),
    both(
      'Switch it on ("timedatectl set-ntp true", or chrony) and let UDP port 123 out to the time servers.',
      '時刻同期を有効にし（「timedatectl set-ntp true」または chrony）、時刻サーバーへの UDP 123 番の通信を許可します。',
    ),
    both(
      'In a virtual machine or a container the clock is that of the host: correct it there.',
      '仮想マシンやコンテナーの時計はホストのものです。ホスト側で直します。',
    ),
    both(
      'Restart the CRM, whose tokens carry the wrong time, and run the check again.',
      '誤った時刻のトークンを持つ CRM を再起動し、もう一度検査します。',
    ),
  ],
});
