import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { visible } from '../../i18n/visible.ts';
import type { Text } from '../../model/text.ts';
import { remoteCommand } from './boot.ts';
import { frame, packed } from './pack.ts';
import type { Place } from './place.ts';
import { sshWords } from './place.ts';
import type { VantageAnswer, VantageRequest } from './request.ts';
import { largestAnswer } from './request.ts';

export type SshResult =
  | { readonly kind: 'answered'; readonly answer: VantageAnswer; readonly node: string }
  | { readonly kind: 'unavailable'; readonly reason: Reason; readonly says: Text };

export type Reason = 'no-ssh' | 'ssh' | 'no-node' | 'old-node' | 'no-directory' | 'broken' | 'timeout' | 'interrupted';

/** What ssh itself needs: not a secret that a configuration takes from the environment, which SendEnv could pass on. */
const kept =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|DISPLAY|WAYLAND_DISPLAY|LANG|TZ|SSH_(?:AUTH_SOCK|AGENT_PID|ASKPASS|ASKPASS_REQUIRE)|LC_\w+|XDG_\w+|KRB5\w*|SystemRoot|ProgramData|USERPROFILE)$/;

const environment = (env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name, value]) => kept.test(name) && value !== undefined));

const bounded = (text: string, most = 300): string => {
  const line = text.replace(/\s*[\r\n]+\s*/g, ' / ').trim();
  return visible(line.length > most ? `${line.slice(0, most)}…` : line);
};

const hints: readonly (readonly [RegExp, Text])[] = [
  [
    /Host key verification failed|REMOTE HOST IDENTIFICATION/i,
    {
      en: 'the key of the machine is unknown or has changed: connect once by hand with ssh and compare it',
      ja: '接続先の鍵が未登録か、変わっています。一度 ssh で手動接続し、鍵を確認してください',
    },
  ],
  [
    /Permission denied|Too many authentication failures/i,
    {
      en: 'the login is refused: set up a key for this user (ssh-copy-id)',
      ja: 'ログインが拒否されました。このユーザーの鍵を登録してください (ssh-copy-id)',
    },
  ],
];

/** What the machine's side said, with our own words for it. */
const without = (
  host: string,
  { said, code, heard }: { readonly said: Map<string, string>; readonly code: number | null; readonly heard: string },
): { readonly reason: Reason; readonly says: Text } => {
  const needs = 'Node.js 20.19, 22.13 or 24';
  const none = said.get('no-node');
  if (none !== undefined) {
    const system = none === '' ? '' : ` (${bounded(none, 60)})`;
    return {
      reason: 'no-node',
      says: {
        en: `${host} has no Node.js${system}; the checks need ${needs}, in PATH, /usr/local/bin or ~/.nvm`,
        ja: `${host} に Node.js がありません${system}。検査には ${needs} 以降が必要です（PATH、/usr/local/bin、~/.nvm を探しました）`,
      },
    };
  }
  const old = said.get('old-node');
  if (old !== undefined) {
    return {
      reason: 'old-node',
      says: {
        en: `${host} has Node.js ${bounded(old, 200)}; the checks need ${needs}`,
        ja: `${host} の Node.js は ${bounded(old, 200)} です。検査には ${needs} 以降が必要です`,
      },
    };
  }
  const directory = said.get('no-directory');
  if (directory !== undefined) {
    return {
      reason: 'no-directory',
      says: {
        en: `no temporary directory can be made in ${bounded(directory, 100)} on ${host}`,
        ja: `${host} の ${bounded(directory, 100)} に一時フォルダーを作成できません`,
      },
    };
  }
  if (said.has('ready')) {
    return {
      reason: 'broken',
      says: {
        en: `the checks on ${host} ended without an answer (exit code ${code ?? 'none'})${heard === '' ? '' : `: ${bounded(heard)}`}`,
        ja: `${host} での検査が、結果を返さずに終了しました（終了コード ${code ?? 'なし'}）${heard === '' ? '' : `: ${bounded(heard)}`}`,
      },
    };
  }
  const hint = hints.find(([pattern]) => pattern.test(heard))?.[1];
  const words = heard === '' ? `exit code ${code ?? 'none'}` : bounded(heard);
  return {
    reason: 'ssh',
    says: {
      en: `ssh to ${host} failed: ${words}${hint ? `; ${hint.en}` : ''}`,
      ja: `${host} への ssh 接続に失敗しました: ${words}${hint ? `。${hint.ja}` : ''}`,
    },
  };
};

interface Call {
  readonly place: Place;
  readonly request: VantageRequest;
  /** False: ssh must not ask for a passphrase or about a host key. */
  readonly ask: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const ended = (host: string, signal: AbortSignal): SshResult => {
  const { reason } = signal;
  const why: unknown = typeof reason === 'object' && reason !== null && 'why' in reason ? reason.why : 'deadline';
  return why === 'deadline'
    ? {
        kind: 'unavailable',
        reason: 'timeout',
        says: {
          en: `the checks on ${host} did not end in time`,
          ja: `${host} での検査が制限時間内に終わりませんでした`,
        },
      }
    : {
        kind: 'unavailable',
        reason: 'interrupted',
        says: { en: `the checks on ${host} were interrupted`, ja: `${host} での検査は中断されました` },
      };
};

const isAnswer = (value: unknown): value is VantageAnswer =>
  typeof value === 'object' &&
  value !== null &&
  'report' in value &&
  'system' in value &&
  typeof value.system === 'string';

/** What stands behind the last line that announces an answer of that length. */
const answerIn = (output: Buffer, nonce: string): VantageAnswer | undefined => {
  const mark = output.lastIndexOf(`@crm-doctor ${nonce} answer `);
  if (mark < 0) return undefined;
  const line = output.indexOf('\n', mark);
  const length = Number(/ answer (\d{1,9})$/.exec(output.subarray(mark, line).toString('latin1'))?.[1] ?? Number.NaN);
  const content = output.subarray(line + 1, line + 1 + length);
  if (line < 0 || !(length > 0) || content.length < length) return undefined;
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    return isAnswer(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The lines by which the other side told how far it came. */
const saidIn = (output: Buffer, nonce: string): Map<string, string> => {
  const said = new Map<string, string>();
  for (const line of output
    .subarray(0, 64 * 1024)
    .toString('utf8')
    .split('\n')) {
    const [, kind, rest] = new RegExp(`^@crm-doctor ${nonce} ([a-z-]+) ?(.*)$`).exec(line) ?? [];
    if (kind !== undefined) said.set(kind, rest?.trim() ?? '');
  }
  return said;
};

/**
 * Runs the checks on another machine through the system's ssh, with the user's own configuration and known hosts.
 * Everything travels on standard input: first the tool, then the request with its secrets. The input stays open until
 * the answer is there: its end tells the other side, by whatever way the connection ends, to stop and to clean up.
 */
export const runThere = async ({ place, request, ask, env, signal }: Call): Promise<SshResult> => {
  const nonce = randomBytes(12).toString('hex');
  const tool = await packed();
  if (signal.aborted) return ended(place.host, signal);
  return new Promise((resolve) => {
    const child = spawn('ssh', [...sshWords(place, { ask }), remoteCommand(nonce)], {
      env: environment(env),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let heard = '';
    let result: SshResult | undefined;
    const stop = (): void => {
      child.stdin.destroy();
      child.kill('SIGTERM');
    };
    const onAbort = (): void => {
      result ??= ended(place.host, signal);
      stop();
    };
    const settle = (code: number | null): void => {
      signal.removeEventListener('abort', onAbort);
      resolve(result ?? resultIn(Buffer.concat(chunks), code));
    };
    const resultIn = (output: Buffer, code: number | null): SshResult => {
      const said = saidIn(output, nonce);
      const answer = answerIn(output, nonce);
      if (answer) return { kind: 'answered', answer, node: bounded(said.get('ready') ?? '', 40) };
      return { kind: 'unavailable', ...without(place.host, { said, code, heard }) };
    };
    signal.addEventListener('abort', onAbort, { once: true });
    child.on('error', (error: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', onAbort);
      resolve({
        kind: 'unavailable',
        reason: 'no-ssh',
        says: {
          en: `the program ssh cannot be started (${error.code ?? 'error'}); install the OpenSSH client`,
          ja: `ssh コマンドを起動できません (${error.code ?? 'error'})。OpenSSH クライアントをインストールしてください`,
        },
      });
    });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestAnswer) chunks.push(chunk);
      else {
        result ??= {
          kind: 'unavailable',
          reason: 'broken',
          says: {
            en: `${place.host} answers with more than ${largestAnswer / 1024 / 1024} MB`,
            ja: `${place.host} からの応答が ${largestAnswer / 1024 / 1024} MB を超えました`,
          },
        };
        stop();
      }
    });
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      if (heard.length < 8_000) heard += text;
    });
    child.on('close', settle);
    // A machine that hangs up while we still write says why on its other streams.
    child.stdin.on('error', () => undefined);
    child.stdin.write(tool);
    child.stdin.write(frame(Buffer.from(JSON.stringify(request))));
  });
};
