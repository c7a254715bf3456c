import type { KnownSecret } from '../../bundle/known-secret.ts';
import { readFileText } from '../../config/file-text.ts';
import { findConfig } from '../../config/find.ts';
import type { LoadedConfig } from '../../config/read.ts';
import { readConfigText } from '../../config/read.ts';
import type { RedactedConfig } from '../../config/redacted.ts';
import { redactedConfig } from '../../config/redacted.ts';
import type { Text } from '../../model/text.ts';
import { readToken } from '../../world/oauth-store.ts';
import { SecretError, secretValues } from '../../world/secrets.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { placeIn } from '../report-error.ts';

/** What is known of the configuration, and every secret that can be known here. */
export interface Known {
  readonly file?: string;
  readonly loaded?: LoadedConfig;
  readonly redacted?: RedactedConfig;
  /** Why there is no configuration to show. */
  readonly trouble?: Text;
  readonly secrets: readonly KnownSecret[];
  readonly unread: readonly { readonly name: string; readonly why: Text }[];
}

const secretName = /(?:^|_)(?:PASS|PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|CREDENTIALS?)(?:_|$)/i;

/** A variable that is named like a secret is one, whoever reads it; a path to one is not. */
const ofEnvironment = (env: Readonly<Record<string, string | undefined>>): readonly KnownSecret[] =>
  Object.entries(env).flatMap(([name, value = '']) =>
    secretName.test(name) && value.length >= 6 && !/^[/~.]/.test(value) && !/^[A-Z]:\\/i.test(value)
      ? [{ name, value }]
      : [],
  );

const ofSources = async ({ secrets }: LoadedConfig): Promise<Pick<Known, 'secrets' | 'unread'>> => {
  const read = await Promise.all(
    [...secrets].map(async ([name, source]): Promise<Pick<Known, 'secrets' | 'unread'>> => {
      try {
        const [[, value = ''] = []] = await secretValues(new Map([[name, source]]));
        return { secrets: value === '' ? [] : [{ name, value }], unread: [] };
      } catch (error) {
        if (!(error instanceof SecretError)) throw error;
        return { secrets: [], unread: [{ name, why: error.text }] };
      }
    }),
  );
  return { secrets: read.flatMap((one) => one.secrets), unread: read.flatMap((one) => one.unread) };
};

const tokenFilesOf = ({ mail }: LoadedConfig): readonly string[] =>
  [mail ?? []]
    .flat()
    .flatMap(({ oauth }) =>
      oauth && 'tokenFile' in oauth && typeof oauth.tokenFile === 'string' ? [oauth.tokenFile] : [],
    );

const ofTokenFiles = async (loaded: LoadedConfig): Promise<readonly KnownSecret[]> => {
  const read = await Promise.all(tokenFilesOf(loaded).map(async (file) => ({ file, found: await readToken(file) })));
  return read.flatMap(({ file, found }) =>
    found.kind === 'stored' ? [{ name: file, value: found.token.refreshToken }] : [],
  );
};

const notSet = (variable: string): Text => ({
  en: `the environment variable ${variable} is not set`,
  ja: `環境変数 ${variable} が設定されていません`,
});

/** Once each, by value: the same password often stands at several places. */
const distinct = (secrets: readonly KnownSecret[]): readonly KnownSecret[] => [
  ...new Map(secrets.toReversed().map((secret) => [secret.value, secret] as const)).values(),
];

/** Reads the configuration as far as it can be read; nothing in it that is wrong keeps a bundle from being made. */
export const knownHere = async (flags: CommonFlags, { io }: Context): Promise<Known> => {
  const environment = ofEnvironment(io.env);
  const explicit = flags.config === undefined ? {} : { explicit: flags.config };
  const file = await findConfig({ ...explicit, cwd: io.cwd, env: io.env });
  if (file === undefined) {
    const trouble = { en: 'no crm-doctor.yaml was found', ja: 'crm-doctor.yaml が見つかりませんでした' };
    return { trouble, secrets: distinct(environment), unread: [] };
  }
  let text: string;
  try {
    text = await readFileText(file);
  } catch (error) {
    // A file that was named and is not there is a wrong call; the others are read as far as they can be.
    if (flags.config !== undefined) throw error;
    return { file, trouble: troubleOf(error), secrets: distinct(environment), unread: [] };
  }
  const redacted = redactedConfig(text);
  const missing = (redacted?.variables ?? [])
    .filter(({ variable }) => io.env[variable] === undefined)
    .map(({ path, variable }) => ({ name: path, why: notSet(variable) }));
  const base = { file, ...(redacted ? { redacted } : {}) };
  try {
    const loaded = readConfigText(text, file, io.env, { uses: [] });
    const [own, tokens] = await Promise.all([ofSources(loaded), ofTokenFiles(loaded)]);
    return {
      ...base,
      loaded,
      secrets: distinct([...own.secrets, ...tokens, ...environment]),
      unread: [...own.unread, ...missing],
    };
  } catch (error) {
    const trouble = troubleOf(error);
    return {
      ...base,
      trouble,
      secrets: distinct(environment),
      unread: [{ name: 'crm-doctor.yaml', why: trouble }],
    };
  }
};

const troubleOf = (error: unknown): Text => {
  const place = placeIn(error);
  if (!place) throw error;
  return place.text;
};
