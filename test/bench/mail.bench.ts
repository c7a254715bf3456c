import type { Healthy } from '../lab/healthy.ts';
import { startHealthy } from '../lab/healthy.ts';
import { ensureTools } from '../lab/tools.ts';
import type { Line } from './main.ts';
import { measure, median, range } from './measure.ts';

/**
 * What an admin types to see the same as the checks judge: the host as the system and as the resolver see it, the
 * domain's MX and its target, chain, name, dates and key of three services, three logins, sender and recipient, folder,
 * quota and UIDL.
 */
const byHand = ({ host, login, ca }: Healthy): readonly (readonly string[])[] => {
  const domain = login.slice(login.indexOf('@') + 1);
  const shell = (line: string) => ['sh', '-c', line];
  const tls = (where: string) =>
    shell(
      `openssl s_client -CAfile ${ca} -verify_return_error -verify_hostname ${host} ${where} </dev/null | openssl x509 -noout -text`,
    );
  const curl = (url: string, question = '') =>
    shell(`curl -sS --cacert ${ca} --user "${login}:$MAIL_PASSWORD" ${question} ${url}`);
  return [
    ['getent', 'ahosts', host],
    ['dig', '+short', 'A', host],
    ['dig', '+short', 'AAAA', host],
    shell(`for mx in $(dig +short MX ${domain} | cut -d' ' -f2); do dig +short A $mx; dig +short AAAA $mx; done`),
    tls(`-connect ${host}:587 -starttls smtp`),
    tls(`-connect ${host}:993`),
    tls(`-connect ${host}:995`),
    shell(
      `swaks --server ${host}:587 --tls --tls-verify --tls-ca-path ${ca} --auth PLAIN --auth-user ${login} --auth-password "$MAIL_PASSWORD" --from ${login} --to ${login} --quit-after RCPT`,
    ),
    curl(`imaps://${host}/`, "-X 'EXAMINE INBOX'"),
    curl(`imaps://${host}/`, "-X 'GETQUOTAROOT INBOX'"),
    curl(`pop3s://${host}/`),
    curl(`pop3s://${host}/`, "-X 'UIDL'"),
  ];
};

const doctor = (root: string, healthy: Healthy) =>
  measure(healthy.command(process.execPath, `${root}bin/crm-doctor.js`, 'mail', '--config', healthy.config, '--json'), {
    env: healthy.env,
    cwd: healthy.dir,
  });

const sequence = async (healthy: Healthy): Promise<number> => {
  const startedAt = performance.now();
  for (const words of byHand(healthy)) {
    const { code, output } = await measure(healthy.command(...words), { env: healthy.env, cwd: healthy.dir });
    // Without a QUOTA plugin the server refuses the question; the question was asked all the same.
    if (code !== 0 && !words.join(' ').includes('QUOTA')) throw new Error(`${words.join(' ')} failed: ${output}`);
  }
  return performance.now() - startedAt;
};

const healthyRun = async (root: string, healthy: Healthy) => {
  const measured = await doctor(root, healthy);
  if (measured.code !== 0)
    throw new Error(`the healthy run ended with ${measured.code}: ${measured.output.slice(0, 2000)}`);
  return measured;
};

const roundTripMs = 100;

/**
 * The longest chain that no client can shorten, in round trips: the address, TCP, greeting, EHLO, STARTTLS, TLS 1.3,
 * EHLO, AUTH PLAIN, and MAIL with RCPT in one go (RFC 2920).
 */
const longestChain = 9;

export const mail = async (root: string): Promise<readonly Line[]> => {
  const reason = ensureTools();
  if (reason !== undefined) throw new Error(`the mail bench cannot run here: ${reason}`);
  const lines: Line[] = [];
  const near = await startHealthy(root);
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    const memory: number[] = [];
    await healthyRun(root, near);
    for (let round = 0; round < 5; round += 1) {
      const measured = await healthyRun(root, near);
      ours.push(measured.wallMs);
      memory.push(measured.peakMiB);
      theirs.push(await sequence(near));
    }
    const ratio = median(ours.map((value, index) => value / (theirs[index] ?? value)));
    const note = `ours ${range(ours)} ms, dig + openssl + swaks + curl ${range(theirs)} ms`;
    lines.push({ name: 'mail, healthy: wall / the same by hand', value: ratio, limit: 0.5, note });
    lines.push({ name: 'mail, healthy: peak memory in MiB', value: median(memory), limit: 120, note: range(memory) });
  } finally {
    near.stop();
  }
  const far = await startHealthy(root, { roundTripMs });
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    await healthyRun(root, far);
    for (let round = 0; round < 5; round += 1) {
      ours.push((await healthyRun(root, far)).wallMs);
      theirs.push(await sequence(far));
    }
    const chainMs = longestChain * roundTripMs;
    lines.push({
      name: `mail at ${roundTripMs} ms: wall / longest chain (${longestChain} round trips)`,
      value: median(ours) / chainMs,
      limit: 1.3,
      note: `ours ${range(ours)} ms, chain ${chainMs} ms, by hand ${range(theirs)} ms`,
    });
  } finally {
    far.stop();
  }
  return lines;
};
