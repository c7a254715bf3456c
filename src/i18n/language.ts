import type { Language } from '../model/text.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const firstSet = (env: Environment, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = env[name];
    // POSIX: an empty variable counts as unset.
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
};

/** The language of all texts; whatever is not Japanese is English. */
export const chooseLanguage = ({ flag, env }: { readonly flag?: string; readonly env: Environment }): Language => {
  const wish = flag || firstSet(env, ['CRM_DOCTOR_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG']) || 'en';
  return /^ja/i.test(wish) ? 'ja' : 'en';
};

/** The locale's character set, as far as the environment names one. */
interface Charset {
  readonly name: string;
  readonly utf8: boolean;
}

/**
 * Node writes UTF-8 whatever the locale is, and a terminal under LANG=C usually shows it; so only a locale that names
 * another set (ja_JP.eucJP) counts as not capable.
 */
export const charset = (env: Environment): Charset => {
  const locale = firstSet(env, ['LC_ALL', 'LC_CTYPE', 'LANG']) ?? '';
  const name = /\.([^@]+)/.exec(locale)?.[1] ?? 'UTF-8';
  return { name, utf8: /^utf-?8$/i.test(name) };
};

/**
 * Whether signs and lines are ASCII: where that is asked for, or the locale names another character set. Who asks for Japanese there
 * sees more than ASCII.
 */
export const onlyAscii = (asked: boolean | undefined, env: Environment, language: Language): boolean =>
  asked === true || (!charset(env).utf8 && language !== 'ja');
