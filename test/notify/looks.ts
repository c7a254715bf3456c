import { type Alerts, defaultRules, noAlerts, type Rules } from '../../src/notify/alerts.ts';
import type { Notice } from '../../src/notify/notice.ts';
import { hostsOf, type Problem, type Seen } from '../../src/notify/problem.ts';
import { step } from '../../src/notify/step.ts';

export const start = Date.parse('2026-11-26T00:00:00Z');
export const minute = 60_000;

/** A problem of one mailbox as a run finds it. */
export const problem = (parts: Partial<Problem> = {}): Problem => {
  const { mailbox = 'sales@example.jp', cause = 'net.refused', affects = ['imap imap.example.jp:993'] } = parts;
  return {
    mailbox,
    cause,
    severity: 'critical',
    certain: false,
    title: { en: `title of ${cause}`, ja: `${cause} の件名` },
    says: { en: `what ${cause} means`, ja: `${cause} の説明` },
    proof: [{ target: affects[0] ?? '', says: { en: 'connection refused', ja: '接続が拒否されました' } }],
    owner: 'mail-admin',
    steps: [{ en: 'first step', ja: '最初の手順' }],
    verify: 'crm-doctor check --only mail.port',
    affects,
    hosts: hostsOf(affects),
    places: ['mail.port imap'],
    ...parts,
  };
};

type Status = Seen['checks'][number]['status'];

/** A run over mailboxes: each with its problems, or with the status of its one check. */
export const look = (
  run: string,
  mailboxes: Readonly<Record<string, Status | readonly Problem[]>>,
  more: Partial<Seen> = {},
): Seen => ({
  run,
  problems: Object.values(mailboxes).flatMap((one) => (typeof one === 'string' ? [] : one)),
  checks: Object.entries(mailboxes).map(([mailbox, one]) => ({
    id: 'mail.port',
    mailbox,
    target: 'imap imap.example.jp:993',
    status: typeof one === 'string' ? one : one.length > 0 ? 'fail' : 'pass',
  })),
  resolutions: [],
  ...more,
});

/** Looks one after the other, every quarter of an hour unless said otherwise. */
export const watching = (rules: Partial<Rules> = {}) => {
  let alerts: Alerts = noAlerts;
  let at = start;
  let number = 0;
  return {
    alerts: () => alerts,
    at: () => new Date(at),
    look: (
      mailboxes: Readonly<Record<string, Status | readonly Problem[]>>,
      {
        quiet = false,
        maintenance = false,
        after = 15 * minute,
        ...more
      }: { quiet?: boolean; maintenance?: boolean; after?: number } & Partial<Seen> = {},
    ): readonly Notice[] => {
      at += after;
      number += 1;
      const stepped = step(
        alerts,
        look(`run${number}`, mailboxes, more),
        { at: new Date(at), quiet, maintenance },
        { ...defaultRules, ...rules },
      );
      alerts = JSON.parse(JSON.stringify(stepped.alerts));
      return stepped.notices;
    },
  };
};

export const kinds = (notices: readonly Notice[]): readonly string[] => notices.map(({ kind }) => kind);
