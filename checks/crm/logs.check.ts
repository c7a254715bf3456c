import { defineCrmCheck } from '../../src/model/check.ts';
import type { CrmFailure } from '../../src/model/crm/failure.ts';
import type { LogCauseFact, LogsFact } from '../../src/model/log-facts.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { fail, notApplicable, okWith, unknown, warn } from '../../src/model/outcome.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { logTime } from '../logs/log-words.ts';
import { listed, logsSince, troubleText } from '../mail/logs.check.ts';
import { failureWords } from './failure-words.ts';

/** What the CRM's own log says: the part that its API hands out, and the files that the configuration names. */
export interface CrmLogsFact {
  readonly api:
    | { readonly kind: 'read'; readonly found: LogsFact; readonly limits: readonly Text[] }
    | { readonly kind: 'not-offered'; readonly why: Text }
    | { readonly kind: 'failed'; readonly failure: CrmFailure };
  readonly files?: LogsFact;
}

/**
 * Causes that the log of a CRM shows by itself, because nothing else could: each is named for the CRM (logged.cause.ts, and
 * those of jobs and accounts). Of every other cause the log is only a witness; the checks of the accounts decide.
 */
export const onlyInCrmLogs: ReadonlySet<string> = new Set([
  'config.no-recipient',
  'crm.alias-domain-missing',
  'crm.internal-host-blocked',
  'crm.job-stopped',
  'crm.mail-disabled',
  'crm.no-mail-account',
  'crm.oauth-redirect-mismatch',
  'crm.parser-crash',
  'crm.routing-no-match',
  'crm.secret-decrypt-failed',
  'net.idle-nat-timeout',
  'version.php-imap-removed',
]);

const partsOf = ({ api, files }: CrmLogsFact): readonly LogsFact[] => [
  ...(api.kind === 'read' ? [api.found] : []),
  ...(files ? [files] : []),
];

/** What still counts, of each cause the part of the log that has the most of it. */
export const currentRows = (fact: CrmLogsFact): readonly LogCauseFact[] => {
  const rows = new Map<string, LogCauseFact>();
  for (const row of partsOf(fact).flatMap(({ causes }) => causes)) {
    const known = rows.get(row.cause);
    if (row.current > 0 && (known === undefined || known.current < row.current)) rows.set(row.cause, row);
  }
  return [...rows.values()].toSorted((left, right) => right.current - left.current);
};

const withLimits = (says: Text, limits: readonly Text[]): Text => {
  const [first] = limits;
  if (!first) return says;
  return both(`${says.en} (not in it: ${first.en})`, `${says.ja}（このログの限界: ${first.ja}）`);
};

const judge = (fact: CrmLogsFact): Verdict => {
  const { api, files } = fact;
  const rows = currentRows(fact);
  const alone = rows.filter(({ cause }) => onlyInCrmLogs.has(cause));
  if (alone.length > 0) {
    const says = listed(alone);
    return fail(both(`the CRM's log shows ${says.en}`, `CRM のログに記録されています: ${says.ja}`));
  }
  const [unread] = files?.files.filter(({ error }) => error) ?? [];
  if (unread) return unknown(troubleText(unread));
  if (api.kind === 'failed' && !files) return unknown(failureWords(api.failure));
  if (rows.length > 0) {
    const says = listed(rows);
    return warn(
      both(
        `the CRM's log shows ${says.en}, and no success after it`,
        `CRM のログに記録があり、その後に成功した記録がありません: ${says.ja}`,
      ),
    );
  }
  if (api.kind === 'not-offered' && !files) return notApplicable(api.why);
  const parts = partsOf(fact);
  const lines = parts.reduce((sum, part) => sum + part.files.reduce((all, file) => all + file.lines, 0), 0);
  const from = logTime(parts[0]?.since ?? '');
  const limits = api.kind === 'read' ? api.limits : [];
  if (lines === 0) {
    const empty = both(
      `no line since ${from}, which proves nothing`,
      `${from} 以降の行がありません。異常がない証明にはなりません`,
    );
    return notApplicable(withLimits(empty, limits));
  }
  const count = grouped(lines);
  return okWith(
    withLimits(
      both(
        `${count} lines since ${from}, no known fault in them`,
        `${from} 以降の ${count} 行に、既知の不具合はありません`,
      ),
      limits,
    ),
  );
};

/** The CRM's own log, whatever way there is to it. Files are read even where the CRM itself does not let us in. */
export const crmLogs = defineCrmCheck<CrmLogsFact>({
  id: 'crm.logs',
  title: { en: "The CRM's own log shows no fault", ja: 'CRM 自身のログに不具合がない' },
  past: true,
  probe: async (subject, { clock, crm, logs }, signal) => {
    const since = logsSince(clock.now(), undefined);
    const names = subject.config.logs ?? [];
    const everybody = { addresses: [], logins: [], hosts: [], everybody: true } as const;
    const [reply, files] = await Promise.all([
      crm.ask(subject, 'log', signal),
      names.length > 0 ? logs.read({ files: names, since, about: everybody }, signal) : undefined,
    ]);
    const rest = files ? { files } : {};
    if (reply.kind === 'failed') return { api: { kind: 'failed', failure: reply.failure }, ...rest };
    if (reply.kind === 'not-offered') return { api: { kind: 'not-offered', why: reply.why }, ...rest };
    const { lines, limits } = reply.value;
    const found = await logs.sift(lines.toReversed(), since);
    return { api: { kind: 'read', found, limits: [...limits, ...(reply.gaps ?? [])] }, ...rest };
  },
  judge,
  shown: ({ api }) => (api.kind === 'read' ? api.limits : []),
});
