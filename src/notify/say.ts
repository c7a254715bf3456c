import type { Language, Text } from '../model/text.ts';
import type { Item, Notice } from './notice.ts';
import { kindWords, problemWords, spanWords, timeWords } from './words.ts';

/** A language, and its words for times. */
export interface Say {
  readonly language: Language;
  readonly say: (text: Text) => string;
  readonly time: (at: string) => string;
  readonly span: (from: string, to: string) => string;
}

export const sayIn = (language: Language, timeZone: string): Say => ({
  language,
  say: (text) => text[language],
  time: (at) => timeWords(at, language, timeZone),
  span: (from, to) => spanWords(from, to, language),
});

const most = { names: 10, affects: 5 };

const listWords = (names: readonly string[], count: number, { say, language }: Say): string => {
  const some = names.slice(0, most.names);
  const more = count - some.length;
  const joined = some.join(language === 'ja' ? '、' : ', ');
  return more > 0 ? say({ en: `${joined} and ${more} more`, ja: `${joined} ほか ${more} 件` }) : joined;
};

/** Who has it: a name, or how many of how many at which host. */
export const whoWords = ({ mailboxes, count, of, host }: Item, { say }: Say): string => {
  const [first = ''] = mailboxes;
  if (count <= 1) return first;
  const at = host === undefined ? { en: '', ja: '' } : { en: ` at ${host}`, ja: `${host} の` };
  return of === undefined || of === count
    ? say({ en: `${count} mailboxes${at.en}`, ja: `${at.ja}メールボックス ${count} 件` })
    : say({ en: `${count} of ${of} mailboxes${at.en}`, ja: `${at.ja}メールボックス ${of} 件中 ${count} 件` });
};

export const targetsWords = (item: Item, say: Say): string => {
  const places = item.affects.filter((target) => target !== '' && !item.mailboxes.includes(target));
  const names = listWords(item.mailboxes, item.count, say);
  const some = places.slice(0, most.affects);
  if (some.length === 0) return names;
  const joined = some.join(say.language === 'ja' ? '、' : ', ');
  const rest = places.length > some.length ? ', …' : '';
  return say.say({ en: `${names} (${joined}${rest})`, ja: `${names}（${joined}${rest}）` });
};

/** What stands first in a subject. */
export const labelOf = (notice: Pick<Notice, 'kind' | 'severity'>, { say }: Say): string =>
  say(notice.kind === 'problem' ? problemWords[notice.severity] : kindWords[notice.kind]);

export const labelled = (label: Text, value: string, { say }: Say): string => `${say(label)}: ${value}`;
