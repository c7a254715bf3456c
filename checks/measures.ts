import type { Check } from '../src/model/check.ts';
import type { LoginFact, QuotaFact } from '../src/model/login-facts.ts';
import type { Measure } from '../src/model/measure.ts';
import { seriesKey } from '../src/model/measure.ts';
import type { CheckReport, Report } from '../src/model/report.ts';
import type { ComparisonFact, DuplicatesFact, ScheduleFact } from '../src/model/sync/comparison.ts';
import { finished } from '../src/reason/backup-trend.ts';
import { crmBackups } from './crm/backups.check.ts';
import { crmConnect } from './crm/connect.check.ts';
import { crmJobs } from './crm/jobs.check.ts';
import { crmMailSettings } from './crm/mail-settings.check.ts';
import { crmVersion } from './crm/version.check.ts';
import { webTlsOf } from './crm/web-certificate.ts';
import { imapAuth } from './mail/imap-auth.check.ts';
import { pop3Auth } from './mail/pop3-auth.check.ts';
import { mailPort } from './mail/port.check.ts';
import { mailQuota } from './mail/quota.check.ts';
import { mailRoundTrip } from './mail/round-trip.check.ts';
import { smtpAuth } from './mail/smtp-auth.check.ts';
import { mailTls } from './mail/tls.check.ts';
import { mailVersions } from './mail/versions.check.ts';
import { supportEnd } from './version/standing.ts';

type Figure = Pick<Measure, 'id' | 'value' | 'unit' | 'limit'> & { readonly target?: string };

type Row = Pick<CheckReport, 'mailbox' | 'target'>;

/** What is measured by one check. The facts are those of the report, so that a kept run is measured in the same way. */
interface Reader {
  readonly check: string;
  readonly figures: (fact: unknown, row: Row) => readonly Figure[];
}

const from = <Fact>(check: string, figures: (fact: Fact, row: Row) => readonly Figure[]): Reader => ({
  check,
  // One id has one fact type; what an older version wrote down may lack anything, and whoever reads it is guarded.
  figures: (fact, row) => figures(fact as Fact, row),
});

/** A check of any subject, as far as it tells what its fact is. */
type Known<Fact> = Pick<Check<Fact>, 'id' | 'shown'>;

const of = <Fact>({ id }: Known<Fact>, figures: (fact: Fact, row: Row) => readonly Figure[]): Reader =>
  from(id, figures);

const figure = (id: string, unit: Measure['unit'], value: number | undefined, target?: string): readonly Figure[] =>
  value === undefined ? [] : [{ id, unit, value, ...(target === undefined ? {} : { target }) }];

const day = (id: string, when: string | undefined, target?: string): readonly Figure[] =>
  figure(id, 'date', when === undefined ? undefined : Date.parse(when), target);

type Limited = { readonly used: number; readonly limit: number } | undefined;

const used = (id: string, unit: 'bytes' | 'count', usage: Limited, target: string): readonly Figure[] =>
  usage ? [{ id, unit, value: usage.used, target, ...(usage.limit > 0 ? { limit: usage.limit } : {}) }] : [];

const quota = ({ folder, storage, messages, roots = [] }: QuotaFact): readonly Figure[] => {
  // Of several roots, the folder's own figures are those of the fuller one.
  const places = roots.length > 0 ? roots : [{ name: '', storage, messages }];
  return places.flatMap(({ name, storage: bytes, messages: count }) => {
    const target = name === '' ? folder : `${folder} (${name})`;
    return [...used('quota.storage', 'bytes', bytes, target), ...used('quota.messages', 'count', count, target)];
  });
};

const login = ({ login: step, token }: LoginFact): readonly Figure[] => [
  ...figure('login', 'milliseconds', step?.kind === 'accepted' ? step.ms : undefined),
  // One that is fetched anew for each run ends within the hour, and nobody has to mind.
  ...(token?.from === 'configured' ? day('token.end', token.claims?.expires) : []),
];

const hostOf = (target: string): string => target.replace(/^\S+ /, '').replace(/:\d+$/, '');

const ageOf = (at: string, since: string | undefined): number | undefined =>
  since === undefined ? undefined : Math.max(0, (Date.parse(at) - Date.parse(since)) / 1000);

const readers: readonly Reader[] = [
  of(mailPort.smtp, ({ contacts }) => {
    const open = contacts.flatMap(({ connect }) => (connect.kind === 'open' ? connect.ms : []));
    return figure('connect', 'milliseconds', open[0]);
  }),
  of(mailTls.smtp, ({ handshake, clientCertificate }, { target }) => [
    ...day('certificate.end', handshake?.kind === 'done' ? handshake.chain[0]?.notAfter : undefined, hostOf(target)),
    ...day('client-certificate.end', clientCertificate?.notAfter, clientCertificate?.cert),
  ]),
  of(smtpAuth, login),
  of(imapAuth, (fact) => [...login(fact), ...figure('messages', 'count', fact.messages)]),
  of(pop3Auth, (fact) => [...login(fact), ...figure('messages', 'count', fact.messages)]),
  of(mailQuota, quota),
  of(mailRoundTrip, ({ found }) => figure('round-trip', 'milliseconds', found?.afterMs)),
  of(mailVersions.smtp, (fact) => day('support.end', supportEnd(fact))),
  of(crmConnect, (fact) => {
    const tls = webTlsOf(fact);
    return day('certificate.end', tls?.leaf.notAfter, tls?.host);
  }),
  of(crmVersion, (fact) => [...day('support.end', supportEnd(fact)), ...day('api.end', fact.api?.until)]),
  of(crmMailSettings, ({ reply }) =>
    reply.kind === 'answered'
      ? reply.value.accounts.flatMap(({ name, oauth }) => day('sign-in.end', oauth?.until, name))
      : [],
  ),
  of(crmJobs, ({ at, queue }) =>
    queue.kind === 'answered'
      ? [
          ...figure('queue.waiting', 'count', queue.value.waiting),
          ...figure('queue.failed', 'count', queue.value.failed),
          ...figure('queue.age', 'seconds', ageOf(at, queue.value.oldestWaiting)),
        ]
      : [],
  ),
  of(crmBackups, ({ at, places }) =>
    places.flatMap(({ place: { path, series } }) => {
      const newest = series
        .flatMap(finished)
        .toSorted((left, right) => Date.parse(right.modified) - Date.parse(left.modified))[0];
      return [
        ...figure('backup.age', 'seconds', ageOf(at, newest?.modified), path),
        ...figure('backup.size', 'bytes', newest?.bytes, path),
      ];
    }),
  ),
  from<{ readonly comparison?: ComparisonFact }>('sync.compare', ({ comparison }) => {
    if (!comparison || comparison.cut) return [];
    const { missing, extra, changed, repeated } = comparison.counts;
    return [
      ...figure('sync.missing', 'count', missing),
      ...figure('sync.extra', 'count', extra),
      ...figure('sync.changed', 'count', changed),
      ...figure('sync.repeated', 'count', repeated.left.rows + repeated.right.rows),
    ];
  }),
  from<{ readonly duplicates?: DuplicatesFact }>('sync.duplicates', ({ duplicates }) =>
    figure('sync.duplicates', 'count', duplicates?.failure ? undefined : duplicates?.groups),
  ),
  from<{ readonly schedule?: ScheduleFact }>('sync.schedule', ({ schedule }) => [
    ...figure('sync.lag', 'milliseconds', schedule?.lagMs),
    ...figure('sync.age', 'seconds', schedule && ageOf(schedule.now, schedule.lastSync)),
  ]),
];

const byCheck = new Map(readers.map((reader) => [reader.check, reader]));

/** A check that was not made to its end has seen no figure, only the lack of one. */
const wasSeen = ({ status }: CheckReport): boolean => status === 'pass' || status === 'warn' || status === 'fail';

const longest = 300;

const figuresIn = (row: CheckReport): readonly Figure[] => {
  const [fact] = row.evidence;
  const reader = byCheck.get(row.id);
  if (!reader || !fact || !wasSeen(row)) return [];
  try {
    return reader.figures(fact, row).filter(({ value }) => Number.isFinite(value));
  } catch {
    // Facts of an older version, or of a file that somebody has edited.
    return [];
  }
};

/** All figures of a run; of one that several checks saw, the date that comes first. */
export const measuresIn = ({ run, checks }: Pick<Report, 'run' | 'checks'>): readonly Measure[] => {
  const started = Date.parse(run.startedAt);
  if (!Number.isFinite(started) || !Array.isArray(checks)) return [];
  const at = new Date(started).toISOString();
  const measures = new Map<string, Measure>();
  for (const row of checks) {
    for (const { target = row.target, ...rest } of figuresIn(row)) {
      const measure: Measure = { ...rest, mailbox: row.mailbox, target: target.slice(0, longest), at };
      const key = seriesKey(measure);
      const known = measures.get(key);
      if (!known || measure.value < known.value) measures.set(key, measure);
    }
  }
  return [...measures.values()];
};
