import type { MailConfig } from '../../model/config.ts';
import type { CrmConfig, CrmSubject } from '../../model/crm/subject.ts';
import { subjectOf } from '../../model/mailbox.ts';
import type { Report } from '../../model/report.ts';
import { statusOf } from '../../model/report.ts';
import { exitCodeOf } from '../../prove/assemble.ts';
import { kindOf } from '../../report/grouping.ts';
import type { Recording } from '../../run/record.ts';
import { replaying } from '../../run/record.ts';
import { joinReports } from '../check/join.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import type { Performed } from '../task.ts';

/** What a run was told by the world, with what it was asked for. */
export interface SavedEvidence extends Recording {
  readonly command: string;
  readonly target: string;
  readonly mail: readonly { readonly config: MailConfig; readonly path: string; readonly label: string }[];
  /** Files of before have none. */
  readonly crm?: readonly { readonly config: CrmConfig; readonly path: string; readonly label: string }[];
  /** What the run was limited to; files of before have none. */
  readonly only?: unknown;
  readonly skip?: unknown;
  readonly offline?: unknown;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const textIn = (value: object, name: string): boolean => typeof Reflect.get(value, name) === 'string';

/** A mailbox has an address and servers with a host, a CRM a type and an address: subjects are made of these. */
const isPart = (value: unknown): boolean => {
  if (!isObject(value) || !('config' in value) || !isObject(value.config)) return false;
  const { config } = value;
  const isMailbox = textIn(config, 'address') || (textIn(config, 'type') && textIn(config, 'url'));
  const servers = ['smtp', 'imap', 'pop3'].map((protocol): unknown => Reflect.get(config, protocol));
  const haveHosts = servers.every((one) => one === undefined || (isObject(one) && textIn(one, 'host')));
  return isMailbox && haveHosts && textIn(value, 'path') && textIn(value, 'label');
};

/** The frame is looked at; an answer of a wrong form is isolated in the check that reads it. */
export const isEvidence = (value: unknown): value is SavedEvidence =>
  typeof value === 'object' &&
  value !== null &&
  'schema' in value &&
  value.schema === 'crm-doctor/evidence/v1' &&
  'at' in value &&
  typeof value.at === 'string' &&
  !Number.isNaN(Date.parse(value.at)) &&
  'answers' in value &&
  typeof value.answers === 'object' &&
  value.answers !== null &&
  'target' in value &&
  typeof value.target === 'string' &&
  'mail' in value &&
  Array.isArray(value.mail) &&
  value.mail.every(isPart) &&
  (!('crm' in value) || (Array.isArray(value.crm) && value.crm.every(isPart)));

/** A run of definitions or of records alone asks nobody: without its files there is nothing to look at again. */
export const canBeDiagnosed = ({ command, mail, crm = [] }: SavedEvidence): boolean =>
  command !== 'workflow' && command !== 'sync' && mail.length + crm.length > 0;

/** What a report says of definitions and records: it was made from files that the evidence does not hold. */
const isKept = (mailbox: string): boolean => ['workflows', 'sync'].includes(kindOf({ mailbox }));

export const hasKeptParts = ({ checks }: Report): boolean => checks.some(({ id }) => /^(?:workflow|sync)\./.test(id));

const keptParts = (report: Report, failOn: 'warn' | 'fail'): Report => {
  const { init: _init, vantage: _vantage, ...rest } = report;
  const checks = report.checks.filter(({ id }) => /^(?:workflow|sync)\./.test(id));
  return {
    ...rest,
    checks,
    exitCode: exitCodeOf(statusOf(checks), failOn),
    diagnoses: report.diagnoses.filter(({ mailbox }) => isKept(mailbox)),
    unexplained: report.unexplained.filter((name) => /^(?:workflow|sync)\./.test(name)),
    prevention: [],
  };
};

/** What the runbook knew when the run was made: it is not here. */
const remembered = (fresh: Report, recorded: Report): Report => ({
  ...fresh,
  diagnoses: fresh.diagnoses.map((diagnosis) => {
    const { cause, mailbox } = diagnosis;
    const before = recorded.diagnoses.find((one) => one.cause === cause && one.mailbox === mailbox);
    return before?.lastSolution ? { ...diagnosis, lastSolution: before.lastSolution } : diagnosis;
  }),
});

const globsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/**
 * Diagnoses saved evidence again, in this language and by this version. Parts of the recorded report that are made from
 * files are taken over as they are.
 */
export const diagnosedAgain = async (
  evidence: SavedEvidence,
  recorded: Report | undefined,
  flags: CommonFlags,
  context: Context,
  present?: (report: Report) => Promise<Performed>,
): Promise<number> => {
  const mailboxes = evidence.mail.map(({ config, path, label }) => subjectOf(config, path !== 'mail', label));
  const crms = (evidence.crm ?? []).map(
    (one): CrmSubject => ({ kind: 'crm', ...one, mailboxes: evidence.mail.map(({ config }) => config) }),
  );
  const kept = recorded && hasKeptParts(recorded) ? recorded : undefined;
  const { perform } = await import('../session.ts');
  const { runMail } = await import('../mail-run.ts');
  const { code } = await perform(
    {
      command: crms.length > 0 || kept ? 'check' : 'mail',
      target: evidence.target,
      subjects: [...mailboxes, ...crms],
      sources: new Map(),
      offline: evidence.offline === true,
      world: replaying(evidence),
      keep: false,
      ...(recorded
        ? {
            work: async (run) => {
              const fresh = remembered(await runMail(run), recorded);
              return kept ? { ...joinReports(fresh, keptParts(kept, flags.failOn)), run: fresh.run } : fresh;
            },
          }
        : {}),
      ...(present ? { present } : {}),
    },
    {
      ...flags,
      only: flags.only ?? globsIn(evidence.only),
      skip: [...(flags.skip ?? []), ...globsIn(evidence.skip)],
    },
    context,
  );
  return code;
};
