import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LabCase, mail } from './case.ts';
import { messagesLeft, messagesSent, refusedLogins, secretsSeen } from './harmless.ts';
import { connectionsMade, countConnections, setFirewall } from './network.ts';
import { readIfThere, runToEnd } from './processes.ts';
import { emptyReport, type Report, readReport } from './report.ts';
import { rtUsers } from './rt-data.ts';
import { type Lab, randomPassword, startSite } from './site.ts';
import { ensureTryton } from './tryton.ts';
import { ensureUnpacked, unpackedServers } from './unpacked.ts';

/** A case with its name: AREA/NAME. */
export interface NamedCase {
  readonly name: string;
  readonly labCase: LabCase;
}

/** What one case brought. */
export interface Result extends NamedCase {
  readonly report: Report;
  /** Everything that is not as the case expects it; empty when all is. */
  readonly mismatches: readonly string[];
  readonly rightFirst: boolean;
  readonly named: boolean;
  readonly falseCauses: readonly string[];
  /** Only where the case states a proof. */
  readonly proven?: boolean;
  /** Why the case could not be tried on this machine. */
  readonly notRun?: string;
  readonly secrets: readonly string[];
  readonly connections: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  /** Milliseconds of the whole case and of crm-doctor in it. */
  readonly ms: number;
  readonly doctorMs: number;
  readonly peakBytes: number;
  /** Where the case's files are, with `--keep`. */
  readonly dir: string;
}

/** A CRM's web server may close the connection after each answer, as that of Tryton does. */
export const limits = {
  connections: 10,
  crmConnections: 60,
  refused: 1,
  doctorMs: 75_000,
  peakBytes: 200_000_000,
} as const;

const changeIncluded = (report: Report, labCase: LabCase): boolean => {
  const expected = labCase.proof ?? [];
  return report.diagnoses.some(
    ({ cause, fix, proof }) =>
      labCase.causes.includes(cause) &&
      proof?.status === 'proven' &&
      expected.every(({ path: key, to }) => fix?.change?.some((change) => change.path === key && change.to === to)),
  );
};

/** A log's lines are of this day, whenever the lab runs. */
const datedText = (text: string): string =>
  text.replace(/\{hours:(\d+)\}/g, (_, hours: string) =>
    new Date(Date.now() - Number(hours) * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
  );

const configText = (config: LabCase['config']): string =>
  typeof config === 'string' ? config : `${JSON.stringify(config ?? mail(), null, 2)}\n`;

/** What the report says of the CRM's host that the case does not expect. */
const vantageFaults = ({ vantage: expected }: LabCase, { vantage, diagnoses }: Report): readonly string[] => {
  if (!expected) return vantage ? ['a vantage that nobody asked for'] : [];
  if (!vantage) return ['no vantage in the report'];
  const differs = vantage.differences.map(({ check, target }) => `${check} ${target}`);
  const seen = vantage.causes.find(({ cause }) => cause === diagnoses[0]?.cause)?.seen;
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['status', vantage.status, expected.status],
    ['reason', vantage.reason, expected.reason],
    ['first cause seen', seen, expected.seen],
    ['differences', differs.toSorted().join(', '), [...(expected.differs ?? [])].toSorted().join(', ')],
  ];
  return pairs
    .filter(([, is, wanted]) => is !== wanted)
    .map(([what, is, wanted]) => `vantage ${what}: ${String(is)} instead of ${String(wanted)} (${vantage.says})`);
};

/** Holds the report against the case. */
const judge = (
  labCase: LabCase,
  report: Report,
  seen: {
    readonly exitCode: number | null;
    readonly stderr: string;
    readonly stdout: string;
    readonly json: boolean;
    readonly doctorMs: number;
    readonly peakBytes: number;
    readonly secrets: readonly string[];
    readonly connections: Readonly<Record<string, number>>;
    readonly refused: Readonly<Record<string, number>>;
    readonly sent: number;
    readonly left: number;
    /** Only of `init`: the file that it wrote, empty where it wrote none. */
    readonly wrote?: string;
    readonly leftOnCrm: readonly string[];
  },
): Pick<Result, 'mismatches' | 'rightFirst' | 'named' | 'falseCauses' | 'proven'> => {
  const { causes, severity = 'critical', also = [], proof } = labCase;
  const named = report.diagnoses.map(({ cause }) => cause);
  const first = report.diagnoses[0];
  const expectedFirst = causes[0];
  const anyCause = expectedFirst === '*';
  const rightFirst = first !== undefined && (anyCause || first.cause === expectedFirst);
  const allNamed = anyCause ? rightFirst : causes.every((cause) => named.includes(cause));
  const falseCauses = report.diagnoses
    .filter(
      ({ cause, severity: grade }) =>
        !anyCause && grade === 'critical' && !causes.includes(cause) && !also.includes(cause),
    )
    .map(({ cause }) => cause);
  const proven = proof ? changeIncluded(report, labCase) : undefined;
  const mismatches: string[] = [];
  const off = (wrong: boolean, says: string): void => {
    if (wrong) mismatches.push(says);
  };
  const said = report.diagnoses.map(({ cause, severity: grade, title }) => `${cause} (${grade}: ${title})`).join('; ');
  off(!seen.json, `no JSON on stdout: ${(seen.stderr || seen.stdout).slice(0, 400)}`);
  if (labCase.healthy) {
    off(report.status !== 'pass', `status ${report.status} instead of pass`);
    off(report.diagnoses.length > 0, `healthy, but named ${said}`);
  } else if (expectedFirst !== undefined) {
    off(!rightFirst, `first ${expectedFirst} expected, got ${said || 'nothing'}`);
    off(rightFirst && !allNamed, `all of ${causes.join(', ')} expected, got ${said}`);
    const grade = report.diagnoses.find(({ cause }) => cause === expectedFirst)?.severity;
    off(
      grade !== undefined && severity !== 'any' && grade !== severity,
      `${expectedFirst} is ${grade}, not ${severity}`,
    );
  }
  // With exit 3 something could not be checked, which weighs more than a warning about it.
  const status =
    labCase.exitCode === 3 && severity !== 'critical'
      ? 'unknown'
      : { critical: 'fail', warning: 'warn', info: 'pass', any: undefined }[severity];
  const faulty = expectedFirst !== undefined && expectedFirst !== '*';
  off(faulty && status !== undefined && report.status !== status, `status ${report.status} instead of ${status}`);
  off(falseCauses.length > 0, `false: ${falseCauses.join(', ')}`);
  // Where several faults are said to be all there is, a harmless finding beside them is one too many as well.
  const beside = causes.length > 1 ? named.filter((cause) => !causes.includes(cause) && !also.includes(cause)) : [];
  off(beside.length > 0 && falseCauses.length === 0, `beside them: ${said}`);
  off(report.unexplained.length > 0, `unexplained: ${report.unexplained.join(', ')}`);
  const crashed = report.checks.filter(({ status }) => status === 'error');
  off(crashed.length > 0, `crashed: ${crashed.map(({ id, summary }) => `${id} ${summary ?? ''}`).join('; ')}`);
  if (proven === false) {
    const got = report.diagnoses.map(
      ({ cause, fix, proof: shown }) =>
        `${cause} ${shown?.status ?? 'no proof'} ${JSON.stringify((fix?.change ?? []).map(({ path: key, to }) => [key, to]))}`,
    );
    off(
      true,
      `proof of ${JSON.stringify(proof?.map(({ path: key, to }) => [key, to]))} expected, got ${got.join('; ')}`,
    );
  }
  const exitCode = labCase.exitCode ?? (labCase.healthy || severity === 'warning' || severity === 'info' ? 0 : 1);
  const anyGrade = severity === 'any' && (seen.exitCode === 0 || seen.exitCode === 1);
  off(seen.exitCode !== exitCode && !anyGrade, `exit ${seen.exitCode} instead of ${exitCode}`);
  off(
    seen.json && report.exitCode !== seen.exitCode,
    `exitCode ${report.exitCode} in the report, ${seen.exitCode} in fact`,
  );
  off(seen.secrets.length > 0, `secret seen: ${seen.secrets.join(', ')}`);
  for (const [door, times] of Object.entries(seen.connections)) {
    off(times > (door === 'web:8000' ? limits.crmConnections : limits.connections), `${times} connections to ${door}`);
  }
  for (const [login, times] of Object.entries(seen.refused)) {
    off(times > limits.refused, `${times} refused logins of ${login}`);
  }
  // Only a configured round trip may send, and it may send one message.
  const maySend = configText(labCase.config).includes('roundTrip') ? 1 : 0;
  off(seen.sent > maySend, `${seen.sent} messages sent`);
  off((labCase.leavesNothing ?? labCase.healthy ?? false) && seen.left > 0, `${seen.left} messages left behind`);
  off(seen.doctorMs > limits.doctorMs, `took ${Math.round(seen.doctorMs / 1000)} s`);
  off(seen.peakBytes > limits.peakBytes, `held ${Math.round(seen.peakBytes / 1e6)} MB`);
  off(seen.leftOnCrm.length > 0, `left on the CRM's host: ${seen.leftOnCrm.join(', ')}`);
  for (const fault of vantageFaults(labCase, report)) off(true, fault);
  const { writes = [] } = labCase.init ?? {};
  const lines = seen.wrote?.split('\n').map((line) => line.trim().replace(/\s+#.*$/, '')) ?? [];
  for (const line of writes) off(!lines.includes(line), `no line ${JSON.stringify(line)} in:\n${seen.wrote}`);
  off(labCase.init !== undefined && writes.length === 0 && seen.wrote !== '', `a file was written:\n${seen.wrote}`);
  for (const text of labCase.mustNotShow ?? []) {
    off((seen.stdout + seen.stderr).includes(text), `shows ${JSON.stringify(text)}`);
  }
  return { mismatches, rightFirst, named: allNamed, falseCauses, ...(proven === undefined ? {} : { proven }) };
};

const wrongForm = (password: string): string => `${password.slice(0, -2)}0z`;

/** Builds the case's world, runs the real command in it, and scores what it says. */
export const runCase = async (lab: Lab, { name, labCase }: NamedCase): Promise<Result> => {
  const started = Date.now();
  const password = labCase.password ?? randomPassword();
  const { firewall, ...beforehand } = labCase;
  const site = await startSite(lab, labCase.rehearsed ? beforehand : labCase, { password });
  try {
    const at = (file: string): string => path.join(site.clientDir, file);
    for (const dir of ['home', 'tmp']) mkdirSync(at(dir));
    const config = configText(labCase.config)
      .replaceAll('{mail log}', labCase.exim ? site.logs.exim : site.logs.postfix)
      .replaceAll('{crm}', (site.rt ?? site.tryton)?.url ?? '')
      .replaceAll('{crm api}', site.rt?.rest ?? '')
      .replaceAll('{crm log}', (site.rt ?? site.tryton)?.log ?? '')
      .replaceAll('{crm settings}', (site.rt ?? site.tryton)?.settings ?? '');
    if (!labCase.init) writeFileSync(at('crm-doctor.yaml'), config);
    for (const [name, text] of Object.entries(labCase.files ?? {})) writeFileSync(at(name), datedText(text));
    copyFileSync(site.ca, at('ca.pem'));
    for (const [file, authority] of Object.entries(labCase.clientFiles ?? {})) {
      copyFileSync(await lab.certificates.authority(authority), at(file));
    }
    const shownPassword = labCase.wrongPassword ? wrongForm(password) : password;
    const [command, ...args] = site.network.on('client', [
      process.execPath,
      path.join(lab.root, 'bin/crm-doctor.js'),
      ...(labCase.init
        ? ['init', 'sales@aozora.test', '--no-input', '--ca', 'ca.pem']
        : [labCase.rt || labCase.tryton ? 'check' : 'mail']),
      '--json',
      ...(labCase.config === '' || labCase.init ? [] : ['--config', 'crm-doctor.yaml']),
      ...(site.crm ? ['--vantage', site.crm.url] : []),
      ...(labCase.args ?? []),
    ]);
    const fill = (text: string): string => text.replaceAll('{ca}', at('ca.pem'));
    const settings = {
      cwd: site.clientDir,
      timeoutMs: 120_000,
      env: {
        PATH: process.env.PATH,
        HOME: at('home'),
        XDG_CONFIG_HOME: at('home/config'),
        XDG_STATE_HOME: at('home/state'),
        XDG_CACHE_HOME: at('home/cache'),
        TMPDIR: at('tmp'),
        LANG: 'C.UTF-8',
        MAIL_PASSWORD: shownPassword,
        ...(site.rt || site.tryton ? { CRM_PASSWORD: shownPassword } : {}),
        ...(site.rt ? { CRM_TOKEN: site.rt.token } : {}),
        ...(site.tokens ? { MAIL_TOKEN: site.tokens.accessToken, MAIL_REFRESH: site.tokens.refreshToken } : {}),
        ...Object.fromEntries(Object.entries(labCase.env ?? {}).map(([key, value]) => [key, fill(value)])),
      },
    };
    if (labCase.rehearsed) {
      await runToEnd(command, args, settings);
      if (firewall) await setFirewall(site.network, firewall);
      const home = path.join(site.dir, 'dovecot/mail/sales');
      for (const file of labCase.dovecotLoses ?? []) rmSync(path.join(home, file));
    }
    await countConnections(site.network);
    const sentBefore = site.rt?.sent() ?? 0;
    const running = runToEnd(command, args, settings);
    await site.crm?.meddle();
    const ended = await running;
    const leftOnCrm = (await site.crm?.left()) ?? [];
    // The agent writes its counts, and Dovecot its log, a moment after the connection has ended.
    await sleep(120);
    const logins = ['sales@aozora.test', 'sales', 'support@aozora.test', ...(site.rt ? rtUsers : [])];
    const report = readReport(ended.stdout);
    const seen = {
      exitCode: ended.code,
      stdout: ended.stdout,
      stderr: ended.timedOut ? `killed after 120 s\n${ended.stderr}` : ended.stderr,
      json: report !== undefined,
      doctorMs: ended.ms,
      peakBytes: ended.peakBytes,
      secrets: [
        ...(labCase.password ? [] : [shownPassword]),
        ...(site.tokens ? [site.tokens.accessToken, site.tokens.refreshToken] : []),
        ...(site.rt ? [site.rt.token] : []),
      ].flatMap((secret) =>
        secretsSeen(secret, logins, {
          texts: { stdout: ended.stdout, stderr: ended.stderr },
          dir: site.clientDir,
          // The one place where a refresh token is meant to be.
          except: ['token.json'],
        }),
      ),
      connections: await connectionsMade(site.network),
      sent: messagesSent(site.logs) + (site.rt?.sent() ?? 0) - sentBefore,
      left: site.stores.reduce((sum, store) => sum + messagesLeft(store), 0),
      refused: refusedLogins(site.logs),
      leftOnCrm,
      ...(labCase.init ? { wrote: readIfThere(at('crm-doctor.yaml')) } : {}),
    };
    writeFileSync(path.join(site.dir, 'stdout.json'), ended.stdout);
    writeFileSync(path.join(site.dir, 'stderr.txt'), ended.stderr);
    return {
      name,
      labCase,
      report: report ?? emptyReport,
      ...judge(labCase, report ?? emptyReport, seen),
      secrets: seen.secrets,
      connections: seen.connections,
      refused: seen.refused,
      ms: Date.now() - started,
      doctorMs: ended.ms,
      peakBytes: ended.peakBytes,
      dir: site.dir,
    };
  } finally {
    site.stop();
  }
};

const noResult = ({ name, labCase }: NamedCase): Omit<Result, 'mismatches' | 'ms'> => ({
  name,
  labCase,
  report: emptyReport,
  rightFirst: false,
  named: false,
  falseCauses: [],
  ...(labCase.proof ? { proven: false } : {}),
  secrets: [],
  connections: {},
  refused: {},
  doctorMs: 0,
  peakBytes: 0,
  dir: '',
});

/** A case that the lab itself could not build. */
export const failedResult = (named: NamedCase, error: unknown, ms: number): Result => ({
  ...noResult(named),
  mismatches: [`the lab failed: ${error instanceof Error ? error.message : String(error)}`],
  ms,
});

/** A case whose server cannot be had here; with CI=true, where everything has to be there, that is a failure. */
export const notRunResult = (named: NamedCase, reason: string): Result => ({
  ...noResult(named),
  notRun: reason,
  mismatches: process.env.CI === 'true' ? [`not run: ${reason}`] : [],
  ms: 0,
});

/** Why a case cannot be tried on this machine, or nothing; fetches the servers that it needs. */
export const missingServer = ({ labCase }: NamedCase): string | undefined =>
  unpackedServers
    .filter((server) => labCase[server] !== undefined)
    .map(ensureUnpacked)
    .find((reason) => reason !== undefined) ?? (labCase.tryton ? ensureTryton() : undefined);
