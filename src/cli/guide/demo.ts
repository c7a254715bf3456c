import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  MailScenario,
  Scenario,
  StartedMail,
  StartedSync,
  StartedWorkflow,
  SyncScenario,
  WorkflowScenario,
} from '../../../fixtures/scenario.ts';
import type { Aim } from '../../guide/area.ts';
import type { AreaId } from '../../guide/engine.ts';
import type { Language } from '../../model/text.ts';
import type { Spectator } from '../command.ts';
import { UsageError } from '../command.ts';

/** A demo that runs under the guide. */
export interface GuideDemo {
  readonly scenario: Scenario;
  readonly aim: Aim;
  readonly dns?: NonNullable<Spectator['dns']>;
  readonly ca?: string;
  /** Where its runs and answers are kept, for as long as it lasts. */
  readonly state: string;
  /** Values for the run, by the name of their variable; all of them are made up. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its commands run: the scenario's own folder. */
  readonly directory: string;
  /** What somebody else would do, where no change of a setting mends it. */
  readonly repair?: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const scenarioFor = async (wanted: string | true, area: AreaId | undefined): Promise<Scenario> => {
  const { scenarios } = await import('../../../fixtures/scenarios.ts');
  const fitting = scenarios.filter((one) => area === undefined || one.area === area);
  const found = wanted === true ? fitting[0] : scenarios.find(({ name }) => name === wanted);
  if (found && (area === undefined || found.area === area)) return found;
  const known = fitting.map(({ name }) => name).join(', ');
  throw new UsageError({
    en: `there is no demo called ${String(wanted)} here; there are ${known}`,
    ja: `${String(wanted)} というデモはありません。あるのは ${known} です`,
  });
};

/** The mailbox as a configuration file; JSON is YAML. */
const mailFile = ({ config, crm }: StartedMail, ca: string): string => {
  const { password: _password, ...mail } = config.mail;
  return `${JSON.stringify(
    {
      version: 1,
      mail: { ...mail, password: '${MAIL_PASSWORD}', ca },
      ...(crm ? { crm: { ...crm.config, secret: '${CRM_SECRET}', ca } } : {}),
    },
    null,
    2,
  )}\n`;
};

const startMail = async (scenario: MailScenario): Promise<GuideDemo> => {
  const directory = await mkdtemp(join(tmpdir(), 'crm-doctor-demo-'));
  const started = await scenario.start();
  const ca = join(directory, 'demo-ca.pem');
  const file = join(directory, 'crm-doctor.yaml');
  await writeFile(ca, started.ca);
  await writeFile(file, mailFile(started, ca));
  const command = started.crm ? 'check' : 'mail';
  return {
    scenario,
    aim: {
      area: 'mail',
      command: [command, '--config', file],
      first: [],
      file,
      ...(started.crm ? {} : { sends: true as const }),
      demo: true,
      repeat: `crm-doctor demo ${scenario.name}`,
      needs: [],
    },
    dns: { servers: [{ address: started.dns.host, port: started.dns.port }] },
    ca,
    directory,
    state: join(directory, 'state'),
    ...(started.repair ? { repair: started.repair } : {}),
    env: { MAIL_PASSWORD: started.config.mail.password, ...(started.crm ? { CRM_SECRET: started.crm.secret } : {}) },
    stop: async () => {
      await started.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** The words that somebody would type in the directory of a scenario of files. */
const wordsOf = (started: StartedSync | StartedWorkflow): readonly string[] =>
  'left' in started
    ? [
        'sync',
        started.left,
        started.right,
        '--last-sync',
        started.lastSync,
        ...started.logs.flatMap((log) => ['--log', log]),
      ]
    : ['workflow', '--simulate', started.samples];

const startFiles = async (scenario: SyncScenario | WorkflowScenario, language: Language): Promise<GuideDemo> => {
  const started = await scenario.start(language);
  const { directory, repair, stop } = started;
  return {
    scenario,
    aim: {
      area: scenario.area,
      command: wordsOf(started),
      first: [],
      demo: true,
      repeat: `crm-doctor demo ${scenario.name}`,
      needs: [],
    },
    directory,
    state: join(directory, '.state'),
    env: {},
    repair,
    stop,
  };
};

/** Starts what a beginner can try the guide with, without a server of his own. */
export const startDemo = (scenario: Scenario, language: Language): Promise<GuideDemo> =>
  scenario.area === 'mail' ? startMail(scenario) : startFiles(scenario, language);
