import type { Environment } from '../i18n/language.ts';
import { charset, chooseLanguage } from '../i18n/language.ts';
import type { Language } from '../model/text.ts';

/** What the reader's surroundings allow: a language, and whether more than ASCII can be shown. */
export interface Locale {
  readonly language: Language;
  /** The character set that cannot show what we write, where it decided; it is named once on stderr. */
  readonly unable?: string;
}

/**
 * Node writes UTF-8 whatever the locale is. Where the locale names another character set, English in ASCII is what still
 * can be read; who asks crm-doctor itself for Japanese knows better.
 */
export const localeOf = (flag: string | undefined, env: Environment): Locale => {
  const language = chooseLanguage({ ...(flag === undefined ? {} : { flag }), env });
  const { name, utf8 } = charset(env);
  if (utf8) return { language };
  const asked = language === 'ja' && Boolean(flag || env.CRM_DOCTOR_LANG);
  return asked ? { language } : { language: 'en', unable: name };
};

/** In ASCII and in English: nothing else is sure to be readable there. */
export const unableText = (name: string): string =>
  `the character set of the locale is ${name.replace(/[^\w-]/g, '?')} and crm-doctor writes UTF-8, so this is in English and ASCII; --lang ja gives Japanese all the same`;
