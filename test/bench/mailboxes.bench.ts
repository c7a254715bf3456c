import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../../src/model/report.ts';
import { faults, startThousand } from '../lab/thousand.ts';
import { ensureTools } from '../lab/tools.ts';
import type { Line } from './main.ts';
import { measure } from './measure.ts';

/** What a person would write for the same logins: one after another, with the library that crm-doctor uses. */
const loop = `
import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
const [host, caFile, password, list] = process.argv.slice(1);
const ca = readFileSync(caFile);
for (const user of readFileSync(list, 'utf8').trim().split('\\n').slice(1).map((line) => line.split(',')[0])) {
  const client = new ImapFlow({ host, port: 993, secure: true, logger: false, auth: { user, pass: password }, tls: { ca } });
  client.on('error', () => undefined);
  try { await client.connect(); await client.logout(); } catch { client.close(); }
}
`;

/** A thousand mailboxes on a real Dovecot, fifty of them faulty. */
export const mailboxes = async (root: string, count = 1_000): Promise<readonly Line[]> => {
  const missing = ensureTools();
  if (missing !== undefined) throw new Error(missing);
  const thousand = await startThousand(root, count);
  try {
    const { command, config, dir, env, faulty, host, ca, password } = thousand;
    const json = path.join(dir, 'report.json');
    const run = await measure(
      command(
        process.execPath,
        `${root}bin/crm-doctor.js`,
        'mail',
        '--config',
        config,
        '--format',
        `json=${json}`,
        '--quiet',
      ),
      { env, cwd: dir },
    );
    if (run.code !== 1) throw new Error(`exit ${run.code}: ${run.output.slice(0, 2_000)}`);
    const report: Report = JSON.parse(readFileSync(json, 'utf8'));
    const named = new Map<string, string[]>();
    for (const { mailbox, cause, severity } of report.diagnoses) {
      if (severity === 'critical') named.set(mailbox, [...(named.get(mailbox) ?? []), cause]);
    }
    const lost = [...faulty].filter(
      ([one, fault]) => !named.get(one)?.some((cause) => cause.startsWith(faults[fault])),
    );
    const falsely = [...named.keys()].filter((one) => !faulty.has(one));
    if (lost.length + falsely.length > 0) {
      console.error(JSON.stringify({ lost: lost.slice(0, 10), falsely: falsely.slice(0, 10) }));
    }
    const most = thousand.mostSessions();
    const rival = await measure(
      command(
        process.execPath,
        '--input-type=module',
        '-e',
        loop,
        '--',
        host,
        ca,
        password,
        path.join(dir, 'accounts.csv'),
      ),
      { env, cwd: root },
    );
    if (rival.code !== 0) throw new Error(`the loop of logins ended with ${rival.code}: ${rival.output.slice(0, 500)}`);
    const note = `${count} mailboxes, ${faulty.size} faulty; load ${readFileSync('/proc/loadavg', 'utf8').slice(0, 14)}`;
    return [
      { name: 'mailboxes: seconds', value: run.wallMs / 1_000, limit: 180, note },
      { name: 'mailboxes: seconds of processor time', value: run.cpuMs / 1_000, limit: 120, note },
      { name: 'mailboxes: peak MiB', value: run.peakMiB, limit: 250, note },
      { name: 'mailboxes: faulty and not named', value: lost.length, limit: 0, note },
      { name: 'mailboxes: named falsely', value: falsely.length, limit: 0, note },
      { name: 'mailboxes: sessions of one host at a time', value: most, limit: 4, note: 'by the log of Dovecot' },
      {
        name: 'mailboxes: processor time against a loop of bare logins',
        value: run.cpuMs / rival.cpuMs,
        limit: 10,
        note: `one after another ${Math.round(rival.wallMs / count)} ms a login there, here ${Math.round(run.wallMs / count)} ms a whole diagnosis`,
      },
    ];
  } finally {
    thousand.stop();
  }
};
