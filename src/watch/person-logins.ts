import { join } from 'node:path';
import type { Login } from '../model/login.ts';
import type { CheckReport } from '../model/report.ts';
import { crmHost } from '../reason/crm-host.ts';
import type { Files } from '../runbook/files.ts';
import { keptReport } from '../runbook/kept-report.ts';
import { idsIn } from '../runbook/runs.ts';
import type { RefusedLogin } from './logins.ts';
import { watchedEnd } from './retention.ts';

/** So many of a person's newest runs are looked at. */
const mostRuns = 20;

const stampOf = (time: string): string => time.replace(/[-:]|\.\d+/g, '');

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

const isAccepted = ({ id, evidence }: CheckReport, { protocol, host, username }: Login): boolean => {
  const [fact] = evidence;
  if (protocol === 'crm') {
    const url = property(fact, 'url');
    const answered = property(property(fact, 'reply'), 'kind') === 'answered';
    return id === 'crm.connect' && answered && typeof url === 'string' && crmHost(url) === host;
  }
  const name = property(fact, 'username');
  return (
    id === `mail.${protocol}-auth` && name === username && property(property(fact, 'login'), 'kind') === 'accepted'
  );
};

/** Whether a person's own run has logged in since the refusal: whoever mends a password and tries it need not wait for us. */
export const goodSince = async (
  files: Files,
  runbook: string,
  refused: readonly RefusedLogin[],
): Promise<(login: RefusedLogin) => boolean> => {
  const first = refused.flatMap((one) => one.refused.at(-1) ?? []).toSorted()[0];
  if (first === undefined) return () => false;
  const runs = join(runbook, 'runs');
  const ids = (await idsIn(files, runs).catch(() => []))
    .filter((id) => !id.endsWith(watchedEnd) && id > stampOf(first))
    .slice(-mostRuns);
  const good = new Set<RefusedLogin>();
  for (const id of ids) {
    const report = await keptReport(files, join(runs, `${id}.json`));
    for (const login of report ? refused : []) {
      const at = login.refused.at(-1) ?? '';
      if (report && report.run.startedAt > at && report.checks.some((check) => isAccepted(check, login))) {
        good.add(login);
      }
    }
  }
  return (login) => good.has(login);
};
