import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import type { SecretRef, SecretSource } from '../model/config.ts';
import type { Text } from '../model/text.ts';
import type { SecretShape } from '../model/world.ts';
import { wordsOfCommand } from '../reason/command-words.ts';
import type { Secrets } from './kit.ts';
import { turnsOf } from './turns.ts';

/** A secret that cannot be read: an error of the configuration (exit 2). Its text never holds the secret. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
  /** The id of the secret's source. */
  readonly path: string;
  readonly text: Text;

  constructor(path: string, text: Text) {
    super(text.en);
    this.path = path;
    this.text = text;
  }
}

const longestFile = 64 * 1024;
const commandMs = 30_000;

// Editors and `echo` end a file with a line break that is no part of the secret; blanks may be.
const firstLine = (text: string): string => text.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? '';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && error.code !== null ? String(error.code) : 'error';

const fromFile = async (path: string, file: string): Promise<string> => {
  let text: Buffer;
  try {
    const handle = await open(file, 'r');
    try {
      // Never a whole file of unknown size: the name may be that of a device.
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestFile + 1), 0, longestFile + 1, null);
      text = buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = codeOf(error);
    throw new SecretError(path, {
      en: `the file with the secret cannot be read: ${file} (${code})`,
      ja: `パスワードのファイルを読み込めません: ${file} (${code})`,
    });
  }
  if (text.length > longestFile) {
    throw new SecretError(path, {
      en: `the file with the secret is longer than 64 KiB: ${file}`,
      ja: `パスワードのファイルが 64 KiB を超えています: ${file}`,
    });
  }
  return firstLine(text.toString('utf8'));
};

/** Only the name of the program is told: its arguments may hold something that is nobody's business. */
const fromCommand = (path: string, command: string): Promise<string> => {
  const words = wordsOfCommand(command);
  if (!words || words[0] === undefined) {
    throw new SecretError(path, {
      en: 'the command for the secret is empty or its quotes are not closed',
      ja: 'パスワードを取得するコマンドが空か、引用符が閉じられていません',
    });
  }
  const [program, ...args] = words;
  return new Promise((resolve, reject) => {
    const options = { timeout: commandMs, maxBuffer: longestFile, encoding: 'utf8', killSignal: 'SIGKILL' } as const;
    const child = execFile(program, args, options, (error, stdout) => {
      if (!error) return resolve(firstLine(stdout));
      const why = error.killed ? 'timeout' : error.code === 'ENOENT' ? 'not found' : codeOf(error);
      reject(
        new SecretError(path, {
          en: `the command for the secret failed: ${program} (${why})`,
          ja: `パスワードを取得するコマンドが失敗しました: ${program} (${why})`,
        }),
      );
    });
    // A program that asks on its input would wait for ever.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });
};

/** One secret from where it is kept. */
export const readSecret = async (path: string, source: SecretSource): Promise<string> => {
  switch (source.kind) {
    case 'value':
      return source.value;
    case 'file':
      return fromFile(path, source.file);
    case 'command':
      return fromCommand(path, source.command);
  }
};

const placeholders: readonly RegExp[] = [
  /^(change[-_ ]?(me|it|this)|pass(word|wort|wd|phrase)?|secret|todo|tbd|none|null|undefined|test|example|dummy|sample)$/i,
  /^(your|my|the|enter|insert|put|new)[-_ ]?(own[-_ ])?(smtp|imap|pop3?|e?mail|app|api|account|user)?[-_ ]?(pass(word|wd)?|secret|key|token)([-_ ]?here)?$/i,
  /^(.)\1{3,}$/u,
  /^<[^<>]*>$/,
  /^\[[^[\]]*(pass|secret|key)[^[\]]*\]$/i,
  /^\$\{[^}]*\}$/,
  /^\$[A-Z_][A-Z0-9_]*$/,
  /^\{\{.*\}\}$/,
  /^%[A-Z_][A-Z0-9_]*%$/,
  /^(ここに)?(あなたの)?(パスワード|暗証番号|秘密|シークレット)(を入力|を記入)?(してください)?$/u,
];

const shapeOf = (value: string): SecretShape => ({
  empty: value === '',
  placeholder: placeholders.some((pattern) => pattern.test(value.trim())),
  outerBlanks: /^[\s\u200b\ufeff]|[\s\u200b\ufeff]$/u.test(value),
  nonAscii: /[^\u0000-\u007f]/u.test(value),
  controlCharacters: /[\u0000-\u001f\u007f-\u009f]/.test(value),
});

/** Secrets that may grow while a person is being asked. */
export interface OpenSecrets extends Secrets {
  readonly add: (id: string, source: SecretSource) => Promise<void>;
  /** The values of these, for the redaction of what is written about whose they are. */
  readonly valuesOf: (refs: readonly SecretRef[]) => readonly string[];
}

/** Programs that fetch a secret side by side. */
const mostAtOnce = 16;

/** Reads every secret once, before the run, so that a locked keychain is an error of the configuration and not of a check. */
export const openSecrets = async (sources: ReadonlyMap<string, SecretSource>): Promise<OpenSecrets> => {
  const turn = turnsOf(mostAtOnce);
  const { signal } = new AbortController();
  const entries = await Promise.all(
    [...sources].map(([id, source]) => turn(async () => [id, await readSecret(id, source)] as const, signal)),
  );
  const values = new Map(entries);
  const learnt = new Set<string>();
  // The same list as long as it holds the same: whoever made something of it need not make it again.
  let all: readonly string[] | undefined;
  const revealed = ({ secret }: SecretRef): string => {
    const value = values.get(secret);
    if (value === undefined) throw new Error(`no source for the secret ${secret}`);
    return value;
  };
  return {
    shape: (ref) => shapeOf(revealed(ref)),
    reveal: revealed,
    add: async (id, source) => {
      values.set(id, await readSecret(id, source));
      all = undefined;
    },
    learn: (value) => {
      if (learnt.has(value)) return;
      learnt.add(value);
      all = undefined;
    },
    values: () => {
      all ??= [...new Set([...values.values(), ...learnt])].filter((value) => value !== '');
      return all;
    },
    valuesOf: (refs) => [...new Set([...refs.map(revealed), ...learnt])].filter((value) => value !== ''),
  };
};

/** Every secret by its id, for the run that is made elsewhere in the same hands; read once, as `openSecrets` does. */
export const secretValues = (
  sources: ReadonlyMap<string, SecretSource>,
): Promise<readonly (readonly [string, string])[]> =>
  Promise.all([...sources].map(async ([id, source]) => [id, await readSecret(id, source)] as const));
