import type { CrmLog, CrmLogLine } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { idIn, type Json, numberIn, textIn, utcIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { adminNeeded, type Door, type Listed, largestPage } from './door.ts';

const levels: Readonly<Record<string, CrmLogLine['level']>> = {
  Warning: 'warning',
  Error: 'error',
  Critical: 'error',
  Alert: 'error',
  Emergency: 'error',
};

const applicationLine = (row: Json, client: CrmClient): CrmLogLine | undefined => {
  const message = textIn(row.message);
  if (message === undefined) return undefined;
  const at = utcIn(row.createdAt);
  const code = numberIn(row.code);
  const request = [textIn(row.requestMethod), textIn(row.requestResourcePath)].filter(Boolean).join(' ');
  return {
    ...(at === undefined ? {} : { at }),
    level: levels[textIn(row.level) ?? ''] ?? 'info',
    source: 'AppLogRecord',
    text: client.printable(
      [
        code === undefined || code === 0 ? undefined : `(${code})`,
        message,
        request === '' ? undefined : `:: ${request}`,
      ]
        .filter(Boolean)
        .join(' '),
      1_000,
    ),
  };
};

/** A scheduled job that failed, with the mail account that it was about. */
const runLine = (row: Json, client: CrmClient): CrmLogLine => {
  const at = utcIn(row.executionTime);
  const target = [textIn(row.targetType), textIn(row.targetName) ?? idIn(row.targetId)].filter(Boolean).join(' ');
  return {
    ...(at === undefined ? {} : { at }),
    level: 'error',
    source: 'ScheduledJobLogRecord',
    text: client.printable(`${textIn(row.name) ?? 'job'} failed${target === '' ? '' : `: ${target}`}`),
  };
};

const jobLine = (row: Json, client: CrmClient): CrmLogLine => {
  const at = utcIn(row.executedAt) ?? utcIn(row.executeTime);
  const target = [textIn(row.targetType), idIn(row.targetId)].filter(Boolean).join(' ');
  const tried = numberIn(row.failedAttempts);
  return {
    ...(at === undefined ? {} : { at }),
    level: 'error',
    source: 'Job',
    text: client.printable(
      `${textIn(row.name) ?? textIn(row.job) ?? 'job'} failed${target === '' ? '' : `: ${target}`}${tried === undefined ? '' : ` (failed attempts: ${tried})`}`,
    ),
  };
};

const onlyOnDisk: Text = {
  en: 'EspoCRM writes its log to data/logs/espo-DATE.log on the server, from the level WARNING on; the API shows only what Administration > App Log holds, which is off as installed',
  ja: 'EspoCRM のログはサーバーの data/logs/espo-日付.log に WARNING 以上が書かれます。API で見えるのは「管理 > アプリログ」の内容だけで、これは初期設定では無効です',
};

const noSuchLog: Text = {
  en: 'this EspoCRM has no application log in the database',
  ja: 'この EspoCRM には、データベースに保存されるアプリログがありません',
};

const withoutText: Text = {
  en: 'records of failed jobs say that a job failed, and not why',
  ja: '失敗したジョブの記録には、失敗したことだけが残り、理由は含まれません',
};

export const logOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<Found<CrmLog>> => {
  const limits: Text[] = [onlyOnDisk, withoutText];
  const application: Listed = (await unlessRefused(
    () =>
      door.list(
        'AppLogRecord',
        {
          select: ['id', 'createdAt', 'message', 'level', 'code', 'requestMethod', 'requestResourcePath'],
          orderBy: 'number',
          order: 'desc',
          maxSize: largestPage,
        },
        signal,
        adminNeeded,
      ),
    ['not-found'],
    () => limits.push(noSuchLog),
  )) ?? { items: [] };
  const runs = await door.list(
    'ScheduledJobLogRecord',
    {
      select: ['id', 'name', 'status', 'executionTime', 'targetId', 'targetType', 'targetName'],
      where: [{ type: 'equals', attribute: 'status', value: 'Failed' }],
      orderBy: 'executionTime',
      order: 'desc',
      maxSize: 100,
    },
    signal,
    adminNeeded,
  );
  const jobs = await door.list(
    'Job',
    {
      select: ['id', 'name', 'job', 'status', 'executeTime', 'executedAt', 'failedAttempts', 'targetId', 'targetType'],
      where: [
        { type: 'equals', attribute: 'status', value: 'Failed' },
        { type: 'isNull', attribute: 'scheduledJobId' },
      ],
      orderBy: 'executeTime',
      order: 'desc',
      maxSize: 100,
    },
    signal,
    adminNeeded,
  );
  const lines = [
    ...application.items.flatMap((row) => applicationLine(row, client) ?? []),
    ...runs.items.map((row) => runLine(row, client)),
    ...jobs.items.map((row) => jobLine(row, client)),
  ];
  return {
    value: {
      lines: lines.toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? '')).slice(0, 500),
      limits,
    },
  };
};
