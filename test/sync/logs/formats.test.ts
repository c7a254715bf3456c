import { describe, expect, test } from '@jest/globals';
import { logPlace } from './place.ts';

const { read } = logPlace();

/** `09:00:01 > 09:05:10`, with what went wrong. */
const told = async (log: string, timeZone = 'Asia/Tokyo') => {
  const { runs } = await read({ 'sync.log': log }, { timeZone });
  const clock = (ms: number | undefined) =>
    ms === undefined ? '' : new Date(ms).toISOString().slice(5, 19).replace('T', ' ');
  return runs.map(({ start, end, failed, throttled }) =>
    [`${clock(start)} > ${clock(end)}`, ...(failed ? ['failed'] : []), ...(throttled ? ['throttled'] : [])].join(' '),
  );
};

describe('runs of a sync job, as it is written in the field', () => {
  test('lines with a level, batches within a run', async () => {
    const log = `
2026-11-25 09:00:00,120 INFO Sync job started
2026-11-25 09:00:01,000 INFO Starting batch 1
2026-11-25 09:00:02,000 INFO Batch 1 completed: 200 records
2026-11-25 09:00:02,000 INFO Starting batch 2
2026-11-25 09:00:04,000 WARN HTTP 429 Too Many Requests, waiting 30 s
2026-11-25 09:00:34,000 INFO Batch 2 completed: 180 records, 0 errors
2026-11-25 09:00:35,500 INFO Sync job finished in 35 s
2026-11-25 10:00:00,120 INFO Sync job started
2026-11-25 10:00:01,000 INFO Starting batch 1
2026-11-25 10:00:02,000 ERROR Could not write record 17: REQUIRED_FIELD_MISSING [LastName]
2026-11-25 10:00:03,000 INFO Batch 1 completed
2026-11-25 10:00:04,000 ERROR Sync job failed: connection reset by peer
2026-11-25 11:00:00,120 INFO Sync job started
2026-11-25 11:00:08,000 INFO Sync job finished in 8 s
`;
    expect(await told(log)).toEqual([
      '11-25 00:00:00 > 11-25 00:00:35 throttled',
      '11-25 01:00:00 > 11-25 01:00:04 failed',
      '11-25 02:00:00 > 11-25 02:00:08',
    ]);
  });

  test('Japanese', async () => {
    const log = `
2026/11/25 09:00:00 [情報] 顧客同期処理を開始しました。
2026/11/25 09:00:05 [情報] 1ページ目の取得が完了しました。
2026/11/25 09:03:00 [情報] 顧客同期処理が正常終了しました。（更新 120 件、失敗 0 件）
2026/11/25 10:00:00 [情報] 顧客同期処理を開始しました。
2026/11/25 10:00:30 [エラー] API の呼び出し回数が上限に達しました。
2026/11/25 10:00:31 [エラー] 顧客同期処理が異常終了しました。
2026/11/25 11:00:00 [情報] 次回の同期は 12:00 に開始予定です。
2026年11月25日 12時00分00秒 同期ジョブ開始
2026年11月25日 12時04分00秒 同期ジョブ完了
`;
    expect(await told(log)).toEqual([
      '11-25 00:00:00 > 11-25 00:03:00',
      '11-25 01:00:00 > 11-25 01:00:31 failed throttled',
      '11-25 03:00:00 > 11-25 03:04:00',
    ]);
  });

  test('JSON lines of pino and of structlog, interleaved by their run', async () => {
    const log = `
{"level":30,"time":1795564800000,"runId":"a","msg":"sync started"}
{"level":30,"time":1795564860000,"runId":"b","msg":"sync started"}
{"level":40,"time":1795564870000,"runId":"b","msg":"request failed","statusCode":429}
{"level":30,"time":1795564920000,"runId":"a","msg":"sync finished"}
{"level":50,"time":1795564980000,"runId":"b","msg":"sync failed: gave up after 5 tries"}
{"timestamp":"2026-11-26T10:00:00+09:00","level":"info","event":"sync started","run_id":"c"}
{"timestamp":"2026-11-26T10:01:00+09:00","level":"info","event":"sync completed","run_id":"c"}
`;
    expect(await told(log)).toEqual([
      '11-25 00:00:00 > 11-25 00:02:00',
      '11-25 00:01:00 > 11-25 00:03:00 failed throttled',
      '11-26 01:00:00 > 11-26 01:01:00',
    ]);
  });

  test('Salesforce Data Loader', async () => {
    const log = `
2026-11-25 09:00:00,020 INFO  [accounts] controller.Controller initConfig (Controller.java:388) - The controller config has been initialized
2026-11-25 09:00:00,035 INFO  [accounts] process.ProcessRunner run (ProcessRunner.java:102) - Initializing process engine
2026-11-25 09:00:00,040 INFO  [accounts] process.ProcessRunner run (ProcessRunner.java:105) - Loading parameters
2026-11-25 09:00:02,000 INFO  [accounts] process.ProcessRunner run (ProcessRunner.java:127) - Logging in to: https://login.salesforce.com
2026-11-25 09:00:04,000 INFO  [accounts] process.ProcessRunner run (ProcessRunner.java:132) - Performing operation: upsert
2026-11-25 09:02:00,000 INFO  [accounts] progress.NihilistProgressAdapter doneSuccess (NihilistProgressAdapter.java:63) - The operation has fully completed.  There were 1,198 successful upserts and 2 errors.
2026-11-25 10:00:00,035 INFO  [accounts] process.ProcessRunner run (ProcessRunner.java:102) - Initializing process engine
2026-11-25 10:02:00,000 INFO  [accounts] progress.NihilistProgressAdapter doneSuccess (NihilistProgressAdapter.java:63) - The operation has fully completed.  There were 5 successful upserts and 0 errors.
`;
    expect(await told(log)).toEqual(['11-25 00:00:00 > 11-25 00:02:00', '11-25 01:00:00 > 11-25 01:02:00']);
  });

  test('Airbyte', async () => {
    const log = `
2026-11-25 00:00:00 \u001b[32mINFO\u001b[m i.a.w.g.DefaultReplicationWorker(run):123 - Starting replication worker. job id: 17 attempt: 0
2026-11-25 00:00:10 \u001b[44msource\u001b[0m > INFO i.a.i.s.p.PostgresSource - Starting to read stream contacts
2026-11-25 00:04:00 \u001b[32mINFO\u001b[m i.a.w.g.DefaultReplicationWorker(run):140 - Stopping replication worker
{"type":"LOG","log":{"level":"ERROR","message":"Caught 429 Client Error: Too Many Requests for url"},"emitted_at":1795564800000}
2026-11-25 06:00:00 INFO i.a.w.g.DefaultReplicationWorker(run):123 - Starting replication worker. job id: 18 attempt: 0
2026-11-25 06:01:00 ERROR i.a.w.g.DefaultReplicationWorker(run):187 - Sync worker failed.
`;
    expect(await told(log, 'UTC')).toEqual([
      '11-25 00:00:00 > 11-25 00:04:00',
      '11-25 06:00:00 > 11-25 06:01:00 failed',
    ]);
  });

  test('Fivetran events', async () => {
    const log = `
{"event":"sync_start","created":"2026-11-25T00:00:00.000Z","connector_id":"iodize_impressive","data":{}}
{"event":"read_start","created":"2026-11-25T00:00:01.000Z","connector_id":"iodize_impressive"}
{"event":"sync_end","created":"2026-11-25T00:05:00.000Z","connector_id":"iodize_impressive","data":{"status":"SUCCESSFUL"}}
{"event":"sync_start","created":"2026-11-25T06:00:00.000Z","connector_id":"iodize_impressive"}
{"event":"sync_end","created":"2026-11-25T06:05:00.000Z","connector_id":"iodize_impressive","data":{"status":"FAILURE_WITH_TASK","reason":"429"}}
`;
    expect(await told(log)).toEqual(['11-25 00:00:00 > 11-25 00:05:00', '11-25 06:00:00 > 11-25 06:05:00 failed']);
  });

  test('Talend and Embulk', async () => {
    const log = `
Starting job SyncContacts at 09:00 25/11/2026.
2026-11-25 09:00:00|statistics|connecting to socket on port 3334
2026-11-25 09:10:00|INFO|Job SyncContacts ended at 09:10 25/11/2026. [exit code=0]
2026-11-25 10:00:00.100 +0900: Embulk v0.9.23
2026-11-25 10:00:01.000 +0900 [INFO] (0001:transaction): Loaded plugin embulk-input-mysql
2026-11-25 10:00:09.000 +0900 [INFO] (main): Committed.
2026-11-25 10:00:09.100 +0900 [INFO] (main): Next config diff: {"in":{}}
2026-11-25 11:00:00.100 +0900: Embulk v0.9.23
2026-11-25 11:00:05.000 +0900 [INFO] (main): Committed.
`;
    const runs = await told(log);
    expect(runs.slice(-2)).toEqual(['11-25 01:00:00 > 11-25 01:00:09', '11-25 02:00:00 > 11-25 02:00:05']);
  });

  test('cron and the script that it starts, in syslog', async () => {
    const log = `
Nov 25 09:00:01 crm01 CRON[1201]: (crm) CMD (/opt/crm/sync.sh >> /var/log/sync.log)
Nov 25 09:00:01 crm01 crm-sync[1204]: sync started
Nov 25 09:00:41 crm01 crm-sync[1204]: sync finished
Nov 25 09:17:01 crm01 CRON[1300]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)
Nov 25 10:00:01 crm01 CRON[1401]: (crm) CMD (/opt/crm/sync.sh >> /var/log/sync.log)
Nov 25 10:00:01 crm01 crm-sync[1404]: sync started
Nov 25 10:00:11 crm01 crm-sync[1404]: sync failed with exit code 2
`;
    expect(await told(log)).toEqual(['11-25 00:00:01 > 11-25 00:00:41', '11-25 01:00:01 > 11-25 01:00:11 failed']);
  });

  test('cron alone: starts are all there is', async () => {
    const log = `
Nov 25 09:00:01 crm01 CRON[1201]: (crm) CMD (/opt/crm/sync.sh)
Nov 25 09:17:01 crm01 CRON[1300]: (root) CMD (run-parts --report /etc/cron.hourly)
Nov 25 10:00:01 crm01 CRON[1401]: (crm) CMD (/opt/crm/sync.sh)
`;
    expect(await told(log)).toEqual(['11-25 00:00:01 > ', '11-25 01:00:01 > ']);
  });

  test('a systemd unit, as text and as JSON of journalctl', async () => {
    const log = `
Nov 25 09:00:00 crm01 systemd[1]: Starting crm-sync.service - CRM sync...
Nov 25 09:00:01 crm01 sync.sh[900]: 200 contacts read
Nov 25 09:05:00 crm01 systemd[1]: crm-sync.service: Deactivated successfully.
Nov 25 09:05:00 crm01 systemd[1]: Finished crm-sync.service - CRM sync.
Nov 25 10:00:00 crm01 systemd[1]: Starting crm-sync.service - CRM sync...
Nov 25 10:00:30 crm01 systemd[1]: crm-sync.service: Main process exited, code=exited, status=1/FAILURE
Nov 25 10:00:30 crm01 systemd[1]: crm-sync.service: Failed with result 'exit-code'.
Nov 25 10:00:30 crm01 systemd[1]: Failed to start crm-sync.service - CRM sync.
`;
    const expected = ['11-25 00:00:00 > 11-25 00:05:00', '11-25 01:00:00 > 11-25 01:00:30 failed'];
    expect(await told(log)).toEqual(expected);
    const journal = log
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [, time = '', pid, message] = /^Nov 25 (\S+) \S+ \S+\[(\d+)\]: (.*)$/.exec(line) ?? [];
        const at = Date.parse(`2026-11-25T${time}+09:00`) * 1000;
        return JSON.stringify({ __REALTIME_TIMESTAMP: String(at), PRIORITY: '6', _PID: pid, MESSAGE: message });
      });
    expect(await told(journal.join('\n'))).toEqual(expected);
  });

  test('executions of n8n and tasks of Zapier, a whole run a line', async () => {
    const log = `
{"id":"231","workflowId":"7","status":"success","startedAt":"2026-11-25T00:00:00.000Z","stoppedAt":"2026-11-25T00:00:09.000Z"}
{"id":"232","workflowId":"7","status":"error","startedAt":"2026-11-25T00:15:00.000Z","stoppedAt":"2026-11-25T00:15:02.000Z","error":{"message":"The service is receiving too many requests from you"}}
2026-11-25T00:30:00.000Z | info | Workflow execution started {"executionId":"233"}
2026-11-25T00:30:05.000Z | info | Workflow execution finished successfully {"executionId":"233"}
`;
    expect(await told(log)).toEqual([
      '11-25 00:00:00 > 11-25 00:00:09',
      '11-25 00:15:00 > 11-25 00:15:02 failed throttled',
      '11-25 00:30:00 > 11-25 00:30:05',
    ]);
  });

  test('a script that writes `date` and its own words', async () => {
    const log = `
Wed Nov 25 09:00:01 JST 2026
=== sync start ===
fetched 1200 rows
=== sync end (exit code: 0) ===
Wed Nov 25 09:07:01 JST 2026
Wed Nov 25 10:00:01 JST 2026
=== sync start ===
Traceback (most recent call last):
requests.exceptions.HTTPError: 429 Client Error: Too Many Requests for url: https://api.example.com
Wed Nov 25 10:02:01 JST 2026
=== sync end (exit code: 1) ===
`;
    expect(await told(log, 'UTC')).toEqual([
      '11-25 00:00:01 > 11-25 00:00:01',
      '11-25 01:00:01 > 11-25 01:02:01 failed throttled',
    ]);
  });
});

describe('what is no run', () => {
  test.each([
    'INFO Sync server started on port 8080',
    'INFO Sync will start at 10:00',
    'INFO next sync starts in 5 minutes',
    'INFO The job has not started yet',
    'INFO Started HikariPool-1',
    'INFO Waiting for sync to start',
    'INFO start date of the export: 2026-11-01',
    'INFO 同期の開始予定は 10:00 です',
    'INFO 処理開始日: 2026-11-01',
    'INFO 200 contacts read',
  ])('%s', async (line) => {
    expect(await told(`2026-11-25 09:00:00 ${line}\n2026-11-25 09:30:00 ${line}\n`)).toEqual([]);
  });
});
