import type { CrmJob, CrmJobs, CrmLog, CrmLogLine, CrmUser, CrmWorkflowRun } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { answered, unread } from '../cloud/answering.ts';
import { booleanIn, idIn, type Json, objectIn, textIn, timeIn } from '../reading.ts';
import { rights } from './errors.ts';
import { type Org, query } from './query.ts';

const place: Text = {
  en: 'Setup > Environments > Jobs > Scheduled Jobs',
  ja: '設定 > 環境 > ジョブ > スケジュール済みジョブ',
};

/** State of CronTrigger. */
const states: Readonly<Record<string, NonNullable<CrmJob['state']>>> = {
  WAITING: 'waiting',
  ACQUIRED: 'waiting',
  EXECUTING: 'running',
  COMPLETE: 'ok',
  ERROR: 'failed',
  BLOCKED: 'waiting',
};
const stopped: readonly string[] = ['PAUSED', 'PAUSED_BLOCKED', 'DELETED', 'ERROR', 'COMPLETE'];

/** JobType of CronJobDetail: 6 is a scheduled flow. */
const jobOf = (row: Json, { printable }: Org): readonly CrmJob[] => {
  const id = idIn(row.Id);
  const detail = objectIn(row.CronJobDetail);
  const state = textIn(row.State) ?? '';
  if (id === undefined) return [];
  const [lastRun, nextRun] = [timeIn(row.PreviousFireTime), timeIn(row.NextFireTime)];
  return [
    {
      id: printable(id, 40),
      name: printable(textIn(detail.Name) ?? id, 120),
      purpose: idIn(detail.JobType) === '6' ? 'workflow' : 'other',
      active: !stopped.includes(state),
      ...(lastRun === undefined ? {} : { lastRun }),
      ...(nextRun === undefined ? {} : { nextRun }),
      ...(Object.hasOwn(states, state) && states[state] ? { state: states[state] } : {}),
      ...(state === 'ERROR' ? { says: state } : {}),
      place,
    },
  ];
};

export const readJobs = async (org: Org, signal: AbortSignal): Promise<CrmReply<CrmJobs>> => {
  const reply = await query(
    org,
    'SELECT Id, CronJobDetail.Name, CronJobDetail.JobType, State, PreviousFireTime, NextFireTime FROM CronTrigger ORDER BY Id',
    { right: rights.setup },
    signal,
  );
  if (reply.kind === 'failed') return reply;
  return answered<CrmJobs>(
    {
      jobs: reply.rows.flatMap((row) => jobOf(row, org)),
      knowsLastRun: true,
      // The trigger moves when it fires, whatever came of it.
      lastRunEvenIfFailed: true,
      startedBy: { en: 'Salesforce starts them itself', ja: 'Salesforce が自動で起動します' },
    },
    reply.whole ? [] : [{ en: 'only the first 2000 jobs', ja: '最初の 2000 件のジョブだけです' }],
  );
};

const newest = (lines: readonly CrmLogLine[]): readonly CrmLogLine[] =>
  lines.toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? '')).slice(0, 500);

const logLimits: readonly Text[] = [
  {
    en: 'errors of flows reach the API only for flows that log their runs; otherwise they go by mail to the last editor (Setup > Process Automation Settings) and stand in Setup > Paused And Failed Flow Interviews',
    ja: 'フローのエラーは、実行ログを有効にしたフローの分しか API では取得できません。それ以外は最終更新者へのメール（設定 > プロセスの自動化設定）と、設定 > 一時停止および失敗したフローインタビュー に出ます',
  },
  {
    en: 'what became of each message is in Setup > Email > Email Log Files only',
    ja: 'メール 1 通ごとの結果は、設定 > メール > メールログファイル でしか確認できません',
  },
];

/** Failed asynchronous Apex, what flows logged, and who changed the setup. */
export const readLog = async (org: Org, signal: AbortSignal): Promise<CrmReply<CrmLog>> => {
  const { printable } = org;
  const ask = (soql: string) => query(org, soql, { right: rights.setup, most: 200 }, signal);
  const [apex, flows, trail] = await Promise.all([
    ask(
      "SELECT ApexClass.Name, JobType, ExtendedStatus, CompletedDate FROM AsyncApexJob WHERE Status = 'Failed' ORDER BY CompletedDate DESC LIMIT 200",
    ),
    ask(
      'SELECT ElementLabel, LogEntryType, LogEntryTimestamp, FlowInterviewLog.FlowDeveloperName FROM FlowInterviewLogEntry ORDER BY LogEntryTimestamp DESC LIMIT 200',
    ),
    ask('SELECT Action, Section, CreatedDate, Display FROM SetupAuditTrail ORDER BY CreatedDate DESC LIMIT 100'),
  ]);
  if (apex.kind === 'failed' && flows.kind === 'failed' && trail.kind === 'failed') return apex;
  const line = (at: unknown, about: Pick<CrmLogLine, 'level' | 'source'>, words: readonly unknown[]): CrmLogLine => {
    const time = timeIn(at);
    return {
      ...(time === undefined ? {} : { at: time }),
      ...about,
      text: printable(words.flatMap((one) => textIn(one) ?? []).join(': ')),
    };
  };
  const rowsOf = (reply: typeof apex): readonly Json[] => (reply.kind === 'rows' ? reply.rows : []);
  return answered<CrmLog>({
    lines: newest([
      ...rowsOf(apex).map((row) =>
        line(row.CompletedDate, { level: 'error', source: 'AsyncApexJob' }, [
          objectIn(row.ApexClass).Name,
          row.ExtendedStatus,
        ]),
      ),
      ...rowsOf(flows).map((row) =>
        line(
          row.LogEntryTimestamp,
          { level: /error|fault/i.test(textIn(row.LogEntryType) ?? '') ? 'error' : 'info', source: 'FlowInterviewLog' },
          [objectIn(row.FlowInterviewLog).FlowDeveloperName, row.ElementLabel, row.LogEntryType],
        ),
      ),
      ...rowsOf(trail).map((row) =>
        line(row.CreatedDate, { level: 'info', source: 'SetupAuditTrail' }, [row.Section, row.Display ?? row.Action]),
      ),
    ]),
    limits: [...logLimits, ...unread([apex, flows, trail])],
  });
};

export const readUsers = async (org: Org, signal: AbortSignal): Promise<CrmReply<readonly CrmUser[]>> => {
  const reply = await query(
    org,
    "SELECT Id, Username, IsActive, Profile.Name, Profile.PermissionsModifyAllData, UserRole.Name FROM User WHERE UserType = 'Standard' ORDER BY Id",
    { most: 5_000 },
    signal,
  );
  if (reply.kind === 'failed') return reply;
  return answered(
    reply.rows.flatMap((row): readonly CrmUser[] => {
      const [id, login] = [idIn(row.Id), textIn(row.Username)];
      if (id === undefined || login === undefined) return [];
      const admin = booleanIn(objectIn(row.Profile).PermissionsModifyAllData);
      return [
        {
          id: org.printable(id, 40),
          login: org.printable(login),
          active: booleanIn(row.IsActive) === true,
          ...(admin === undefined ? {} : { admin }),
          roles: [objectIn(row.Profile).Name, objectIn(row.UserRole).Name].flatMap((name) => {
            const text = textIn(name);
            return text === undefined ? [] : [org.printable(text, 120)];
          }),
        },
      ];
    }),
    reply.whole ? [] : [{ en: 'only the first 5000 users', ja: '最初の 5000 ユーザーだけです' }],
  );
};

/** InterviewStatus of FlowInterview; runs that ended well leave no record. */
const stateOf = (status: string): CrmWorkflowRun['state'] => {
  if (/error|fail/i.test(status)) return 'failed';
  return /paus|wait/i.test(status) ? 'waiting' : 'running';
};

export const readRuns = async (org: Org, signal: AbortSignal): Promise<CrmReply<readonly CrmWorkflowRun[]>> => {
  const reply = await query(
    org,
    'SELECT Id, InterviewLabel, InterviewStatus, CurrentElement, CreatedDate FROM FlowInterview ORDER BY CreatedDate DESC LIMIT 500',
    { right: rights.flows, most: 500 },
    signal,
  );
  if (reply.kind === 'failed') return reply;
  return answered(
    reply.rows.map((row): CrmWorkflowRun => {
      const at = timeIn(row.CreatedDate);
      const element = textIn(row.CurrentElement);
      return {
        workflow: org.printable(textIn(row.InterviewLabel) ?? idIn(row.Id) ?? '', 120),
        ...(at === undefined ? {} : { at }),
        state: stateOf(textIn(row.InterviewStatus) ?? ''),
        ...(element === undefined ? {} : { says: org.printable(element) }),
      };
    }),
    [
      {
        en: 'only paused and failed interviews of flows are kept; runs that ended well leave no record',
        ja: '記録が残るのは一時停止中と失敗したフローインタビューだけです（正常に終わった実行は残りません）',
      },
    ],
  );
};
