import type { CrmJob, CrmJobs, CrmLog, CrmWorkflowRun } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { answered, unread } from '../cloud/answering.ts';
import { idIn, type Json, numberIn, textIn, timeIn } from '../reading.ts';
import { readOf } from './errors.ts';
import { type Environment, labelIn, rowsOf } from './rows.ts';

const jobsPlace: Text = {
  en: 'Power Platform admin center > Environments > (environment) > Settings > Audit and logs > System jobs',
  ja: 'Power Platform 管理センター > 環境 >（環境）> 設定 > 監査とログ > システム ジョブ',
};

/** statuscode of AsyncOperation. */
const stateOf = (status: number | undefined): NonNullable<CrmJob['state']> => {
  if (status === 30) return 'ok';
  if (status === 31) return 'failed';
  return status === 20 ? 'running' : 'waiting';
};

const jobOf = (row: Json, { printable }: Environment): readonly CrmJob[] => {
  const id = idIn(row.asyncoperationid);
  if (id === undefined) return [];
  const status = numberIn(row.statuscode);
  const [lastRun, nextRun] = [timeIn(row.startedon), timeIn(row.postponeuntil)];
  const says = textIn(row.friendlymessage);
  return [
    {
      id: printable(id, 40),
      name: printable(textIn(row.name) ?? id, 120),
      purpose: numberIn(row.operationtype) === 10 ? 'workflow' : 'other',
      // 32: cancelled; 31: failed, and it will not start again by itself.
      active: status !== 32 && status !== 31,
      ...(lastRun === undefined ? {} : { lastRun }),
      ...(nextRun === undefined ? {} : { nextRun }),
      state: stateOf(status),
      ...(says === undefined ? {} : { says: printable(says) }),
      place: jobsPlace,
    },
  ];
};

export const readJobs = async (environment: Environment, signal: AbortSignal): Promise<CrmReply<CrmJobs>> => {
  const jobs = await rowsOf(
    environment,
    {
      path: '/asyncoperations',
      query: {
        $select: 'asyncoperationid,name,operationtype,statuscode,startedon,postponeuntil,friendlymessage',
        $filter: 'recurrencepattern ne null',
      },
      right: readOf('AsyncOperation'),
    },
    signal,
  );
  if (jobs.kind === 'failed') return jobs;
  return answered<CrmJobs>(
    {
      jobs: jobs.rows.flatMap((row) => jobOf(row, environment)),
      knowsLastRun: true,
      lastRunEvenIfFailed: true,
      startedBy: { en: "Dataverse's asynchronous service starts them", ja: 'Dataverse の非同期サービスが起動します' },
    },
    jobs.whole ? [] : [{ en: 'only the first 2000 jobs', ja: '最初の 2000 件のジョブだけです' }],
  );
};

const logLimits: readonly Text[] = [
  {
    en: 'errors of plug-ins stand in the plug-in trace log, which is off unless it was switched on (Settings > Customizations > Plug-in trace log)',
    ja: 'プラグインのエラーはプラグイン トレース ログに出ますが、有効にしない限り記録されません（設定 > カスタマイズ > プラグイン トレース ログ）',
  },
];

/** Alerts of mailboxes, and system jobs that failed. */
export const readLog = async (environment: Environment, signal: AbortSignal): Promise<CrmReply<CrmLog>> => {
  const { printable } = environment;
  const traces = await rowsOf(
    environment,
    {
      path: '/tracelogs',
      query: { $select: 'text,errordetails,level,tracecode,createdon', $orderby: 'createdon desc', $top: 250 },
      right: readOf('TraceLog'),
    },
    signal,
  );
  const jobs = await rowsOf(
    environment,
    {
      path: '/asyncoperations',
      query: {
        $select: 'name,friendlymessage,errorcode,completedon',
        $filter: 'statuscode eq 31',
        $orderby: 'completedon desc',
        $top: 250,
      },
      right: readOf('AsyncOperation'),
    },
    signal,
  );
  if (traces.kind === 'failed' && jobs.kind === 'failed') return traces;
  const words = (...parts: readonly unknown[]): string =>
    printable(parts.flatMap((part) => textIn(part) ?? []).join(': '));
  const at = (value: unknown) => {
    const time = timeIn(value);
    return time === undefined ? {} : { at: time };
  };
  const lines = [
    ...(traces.kind === 'rows' ? traces.rows : []).map((row) => {
      const level = numberIn(row.level);
      return {
        ...at(row.createdon),
        level: level === 3 ? ('error' as const) : level === 2 ? ('warning' as const) : ('info' as const),
        source: 'TraceLog',
        text: words(row.text, row.errordetails),
      };
    }),
    ...(jobs.kind === 'rows' ? jobs.rows : []).map((row) => ({
      ...at(row.completedon),
      level: 'error' as const,
      source: 'AsyncOperation',
      text: words(row.name, row.friendlymessage),
    })),
  ];
  return answered<CrmLog>({
    lines: lines.toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? '')),
    limits: [...logLimits, ...unread([traces, jobs])],
  });
};

const runState = (status: string): CrmWorkflowRun['state'] => {
  if (/^(?:Failed|TimedOut|Cancelled|Aborted)$/i.test(status)) return 'failed';
  if (/^(?:Succeeded|Success|Skipped)$/i.test(status)) return 'ok';
  return /^Running$/i.test(status) ? 'running' : 'waiting';
};

/** Runs of cloud flows, and of classic workflows that failed or wait. */
export const readRuns = async (
  environment: Environment,
  signal: AbortSignal,
): Promise<CrmReply<readonly CrmWorkflowRun[]>> => {
  const { printable } = environment;
  const flows = await rowsOf(
    environment,
    {
      path: '/flowruns',
      query: {
        $select: 'name,status,starttime,errorcode,errormessage,_workflow_value',
        $orderby: 'starttime desc',
        $top: 250,
      },
      labels: true,
      right: readOf('FlowRun'),
    },
    signal,
  );
  const classic = await rowsOf(
    environment,
    {
      path: '/asyncoperations',
      query: {
        $select: 'name,statuscode,createdon,friendlymessage',
        $filter: 'operationtype eq 10 and statuscode ne 30',
        $orderby: 'createdon desc',
        $top: 250,
      },
      right: readOf('AsyncOperation'),
    },
    signal,
  );
  if (flows.kind === 'failed' && classic.kind === 'failed') return flows;
  const run = (
    workflow: string | undefined,
    state: CrmWorkflowRun['state'],
    at: unknown,
    words: unknown,
  ): CrmWorkflowRun => {
    const [time, says] = [timeIn(at), textIn(words)];
    return {
      workflow: printable(workflow ?? '', 120),
      ...(time === undefined ? {} : { at: time }),
      state,
      ...(says === undefined ? {} : { says: printable(says) }),
    };
  };
  return answered(
    [
      ...(flows.kind === 'rows' ? flows.rows : []).map((row) =>
        run(
          labelIn(row, '_workflow_value') ?? idIn(row._workflow_value) ?? textIn(row.name),
          runState(textIn(row.status) ?? ''),
          row.starttime,
          row.errormessage ?? row.errorcode,
        ),
      ),
      ...(classic.kind === 'rows' ? classic.rows : []).map((row) =>
        run(textIn(row.name), stateOf(numberIn(row.statuscode)), row.createdon, row.friendlymessage),
      ),
    ],
    [
      {
        en: 'only flows that are part of a solution write their runs here (kept for 28 days); of classic workflows only those that did not succeed',
        ja: 'ここに実行記録が残るのはソリューション内のフローだけです（保存期間は 28 日）。クラシック ワークフローは成功しなかったものだけです',
      },
      ...unread([flows, classic]),
    ],
  );
};
