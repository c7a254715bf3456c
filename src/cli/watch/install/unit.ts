import type { Language, Text } from '../../../model/text.ts';

/** What a unit is made of: everything absolute, so that it works from anywhere. No value of a secret is in it. */
export interface Unit {
  readonly language: Language;
  readonly version: string;
  readonly node: string;
  readonly script: string;
  readonly config: string;
  /** The same from the root of its repository, or its name where there is none. */
  readonly inRepository: string;
  /** Directory of the runbook, and in it what `watch` remembers. */
  readonly state: string;
  readonly timeZone: string;
  readonly user: string;
  /** Where values for `${NAME}` are kept for cron and Windows. */
  readonly envFile: string;
  /** How often it is called, in minutes; it divides an hour. */
  readonly tick: number;
  /** From 0 to below 1, another one for each machine. */
  readonly share: number;
  readonly jitterMs: number;
  /** Names of variables that the configuration takes values from. */
  readonly variables: readonly string[];
  /** Files that the configuration reads secrets from. */
  readonly secretFiles: readonly string[];
  /** Flags that change what is looked at. */
  readonly more: readonly string[];
  /** Directories beside the state that a run writes into. */
  readonly writes: readonly string[];
}

/** A unit of one kind, with comments that say where to put it. */
export type Install = (unit: Unit) => string;

/** The arguments behind crm-doctor itself. */
export const onceArgs = (
  { language, more }: Pick<Unit, 'language' | 'more'>,
  { config, state }: { readonly config: string; readonly state: string },
): readonly string[] => ['watch', '--once', '--config', config, '--runbook', state, '--lang', language, ...more];

/** Exit code 1 says that problems were found: they are told by notifications, and are no fault of the job, of which others would tell each time. */
export const foundIsFine = '[ $? -eq 1 ]';

/** Lines of comment behind their sign. */
export const comment = (language: Language, lines: readonly Text[], sign = '#'): string =>
  lines.map((line) => `${sign} ${line[language]}`.trimEnd()).join('\n');

export const same = (text: string): Text => ({ en: text, ja: text });

/** For a POSIX shell. */
export const shellQuoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** For YAML, which takes every JSON text. */
export const yamlQuoted = (text: string): string => JSON.stringify(text);
