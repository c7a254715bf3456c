import { readFile } from 'node:fs/promises';
import { allChecks } from '../../../checks/all-checks.ts';
import { visible } from '../../i18n/visible.ts';
import type { SecretSource } from '../../model/config.ts';
import type { Subject } from '../../model/mailbox.ts';
import { subjectOf } from '../../model/mailbox.ts';
import type { Report } from '../../model/report.ts';
import type { Language } from '../../model/text.ts';
import { exitCodeOf } from '../../prove/assemble.ts';
import { secretValues } from '../../world/secrets.ts';
import { compared } from './compare.ts';
import type { Place } from './place.ts';
import { findingsIn } from './reading.ts';
import type { VantageRequest } from './request.ts';
import type { SshResult } from './ssh.ts';
import { runThere } from './ssh.ts';

/** Ten connections to a host and port are a run's limit, wherever they come from; here nobody logs in or tries a change. */
const connections = { there: 6, here: 4 } as const;

/** What a run on two machines is prepared with. */
export interface Prepared {
  /** Each secret was read once, for both. */
  readonly sources: ReadonlyMap<string, SecretSource>;
  /**
   * The same mailboxes without a round trip, since one message is enough and the CRM's host sends it, and judged by this
   * machine's own store: `trust` names the one of that host.
   */
  readonly subjects: readonly Subject[];
  /** Checks that log in or send; a wrong password is refused once, to the CRM's host. */
  readonly skip: readonly string[];
  readonly connectionsPerPort: number;
  readonly start: (signal: AbortSignal) => Promise<SshResult>;
}

interface Wanted {
  readonly place: Place;
  readonly target: string;
  readonly version: string;
  readonly language: Language;
  readonly subjects: readonly Subject[];
  readonly sources: ReadonlyMap<string, SecretSource>;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly failOn: 'warn' | 'fail';
  readonly timeoutMs: number;
  readonly ask: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** `ca`, the client certificate and `versionsFile` are read on this machine and go along; what cannot be read is said by the run here. */
const filesOf = async (subjects: readonly Subject[]): Promise<VantageRequest['files']> => {
  const names = [
    ...new Set(
      subjects.flatMap(({ config: { ca, versionsFile, clientCertificate: own } }) =>
        [ca, versionsFile, own?.cert, own?.key].flatMap((name) => name ?? []),
      ),
    ),
  ];
  const read = names.map(async (name): Promise<VantageRequest['files']> => {
    const text = await readFile(name, 'latin1').catch(() => undefined);
    return text === undefined ? [] : [[name, text]];
  });
  return (await Promise.all(read)).flat();
};

export const prepared = async (wanted: Wanted): Promise<Prepared> => {
  const { place, subjects, ask, env } = wanted;
  const secrets = await secretValues(wanted.sources);
  const files = await filesOf(subjects);
  const request: VantageRequest = {
    target: wanted.target,
    version: wanted.version,
    language: wanted.language,
    mailboxes: subjects.map(({ config, path, label }) => ({ config, path, label })),
    secrets,
    files,
    only: wanted.only,
    skip: wanted.skip,
    failOn: wanted.failOn,
    timeoutMs: wanted.timeoutMs,
    connectionsPerPort: connections.there,
  };
  return {
    sources: new Map(secrets.map(([id, value]) => [id, { kind: 'value', value }])),
    subjects: subjects.map(({ config, path, label }) => {
      const { roundTrip: _once, trust: _there, ...rest } = config;
      return subjectOf(rest, path !== 'mail', label);
    }),
    skip: [...new Set(allChecks.filter(({ costly, sends, past }) => costly || sends || past).map(({ id }) => id))],
    connectionsPerPort: connections.here,
    start: (signal) => runThere({ place, request, ask, env, signal }),
  };
};

const unavailable = (place: Place, here: Report, reason: string, says: string): Report => ({
  ...here,
  status: here.status === 'fail' ? 'fail' : 'unknown',
  vantage: {
    url: place.url,
    host: place.host,
    status: 'unavailable',
    says,
    reason,
    here: { status: here.status, summary: here.summary },
    differences: [],
    causes: [],
  },
  exitCode: here.run.interrupted ? here.exitCode : 3,
});

/** One report of both: what the CRM's host saw counts, and what differs from here is said. */
export const joined = (
  place: Place,
  here: Report,
  result: SshResult,
  failOn: 'warn' | 'fail',
): { readonly report: Report; readonly evidence?: unknown } => {
  const { language } = here.run;
  if (result.kind === 'unavailable') return { report: unavailable(place, here, result.reason, result.says[language]) };
  const { answer, node } = result;
  const said = answer.error?.[language];
  if (typeof said === 'string') {
    const says = {
      en: `the run on ${place.host} cannot start: ${visible(said.slice(0, 500))}`,
      ja: `${place.host} での検査を開始できません: ${visible(said.slice(0, 500))}`,
    };
    return { report: unavailable(place, here, 'configuration', says[language]) };
  }
  const there = findingsIn(answer.report);
  if (!there) {
    const says = {
      en: `the answer of ${place.host} is no report of crm-doctor`,
      ja: `${place.host} からの応答が crm-doctor のレポートではありません`,
    };
    return { report: unavailable(place, here, 'broken', says[language]) };
  }
  const machine = { system: visible(answer.system.slice(0, 100)), node };
  const { durationMs, ...findings } = there;
  return {
    report: {
      ...here,
      ...findings,
      run: { ...here.run, durationMs: Math.max(durationMs, here.run.durationMs) },
      diagnoses: findings.diagnoses.map((one) => ({ ...one, verify: `${one.verify} --vantage ${place.url}` })),
      vantage: compared({ url: place.url, host: place.host }, here, there, machine),
      exitCode: exitCodeOf(findings.status, failOn, here.run.interrupted),
    },
    evidence: answer.evidence,
  };
};
