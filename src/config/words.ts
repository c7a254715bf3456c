import type { Text } from '../model/text.ts';

/** What stands in a place, as a reader would call it. */
export type Found = 'nothing' | 'text' | 'number' | 'boolean' | 'list' | 'keys';

const foundWords: Readonly<Record<Found, Text>> = {
  nothing: { en: 'nothing', ja: '値がありません' },
  text: { en: 'a text', ja: '文字列' },
  number: { en: 'a number', ja: '数値' },
  boolean: { en: 'true or false', ja: '真偽値' },
  list: { en: 'a list', ja: 'リスト' },
  keys: { en: 'keys with values', ja: 'キーと値の組' },
};

const expectedWords = {
  text: { en: 'a text', ja: '文字列' },
  path: { en: 'a file or folder', ja: 'ファイルまたはフォルダーのパス' },
  integer: { en: 'a whole number without quotes', ja: '整数（引用符なし）' },
  boolean: { en: 'true or false', ja: 'true または false' },
  duration: { en: 'a duration such as 60s, 15m or 1h30m', ja: '60s、15m、1h30m のような時間' },
  zone: { en: 'a time zone such as Asia/Tokyo', ja: 'Asia/Tokyo のようなタイムゾーン名' },
  pace: {
    en: "a duration such as 15m, a cron expression such as '30 3 * * *', or off",
    ja: "15m のような時間、'30 3 * * *' のような cron 式、または off",
  },
  cron: { en: "a cron expression such as '0 2 * * 0'", ja: "'0 2 * * 0' のような cron 式" },
  'time-of-day': { en: "a time of day such as '22:00'", ja: "'22:00' のような時刻" },
  moment: {
    en: 'a date and time such as 2026-12-01T22:00:00+09:00',
    ja: '2026-12-01T22:00:00+09:00 のような日時',
  },
  tolerance: { en: 'a number such as 0.5, or a duration such as 2s', ja: '0.5 のような数値、または 2s のような時間' },
  choice: { en: 'one of the allowed words', ja: '決められた語のいずれか' },
  secret: { en: 'a text such as ${NAME}', ja: '${NAME} のような文字列' },
  list: { en: 'a list', ja: 'リスト' },
  named: { en: 'a list', ja: 'リスト' },
  map: { en: 'keys with values', ja: 'キーと値の組' },
  object: { en: 'keys with values', ja: 'キーと値の組' },
  data: { en: 'a value', ja: '値' },
} as const satisfies Readonly<Record<string, Text>>;

export type Expected = keyof typeof expectedWords;

const joined = (expected: readonly Expected[], language: keyof Text, glue: string): string =>
  [...new Set(expected.map((one) => expectedWords[one][language]))].join(glue);

/** One blank between Latin and Japanese. */
const spaced = (words: string, rest: string): string =>
  /[\x21-\x7e]$/.test(words) ? `${words} ${rest}` : words + rest;

const whole: Text = { en: 'the configuration', ja: '設定全体' };

export const wrongType = (
  path: string,
  parts: {
    readonly expected: readonly Expected[];
    readonly found: Found;
    readonly shown?: string;
    readonly hint?: Text;
  },
): Text => {
  const { expected, found, shown, hint } = parts;
  const value = shown === undefined ? '' : ` ${shown}`;
  const en = `${path || whole.en}: expected ${joined(expected, 'en', ', or ')}, found ${foundWords[found].en}${value}`;
  const is =
    found === 'nothing'
      ? foundWords.nothing.ja
      : `書かれているのは${spaced(`${foundWords[found].ja}${value}`, 'です')}`;
  const ja = `${path || whole.ja}: ${spaced(joined(expected, 'ja', '、または'), 'を')}書いてください。${is}`;
  return hint ? { en: `${en}; ${hint.en}`, ja: `${ja}。${hint.ja}` } : { en, ja };
};

export const quoteIt: Text = {
  en: 'put it in quotes to keep it as it is written',
  ja: 'そのままの文字として使うには引用符で囲んでください',
};

export const withoutQuotes = (number: string): Text => ({
  en: `remove the quotes: ${number}`,
  ja: `引用符を外して ${number} と書いてください`,
});

export const noValue: Text = { en: 'give it a value or remove the key', ja: '値を書くか、キーごと削除してください' };

const meant = (suggestion: string | undefined): Text =>
  suggestion === undefined
    ? { en: '', ja: '' }
    : { en: `did you mean ${suggestion}? `, ja: `${suggestion} の間違いではありませんか。` };

export const unknownKey = (
  parent: string,
  shown: string | undefined,
  allowed: readonly string[],
  suggestion?: string,
): Text => {
  const guess = meant(suggestion);
  const place = parent === '' ? { en: 'at the top level', ja: '最上位に' } : { en: `in ${parent}`, ja: `${parent} に` };
  return {
    en: `unknown key${shown === undefined ? '' : ` ${shown}`} ${place.en}; ${guess.en}allowed: ${allowed.join(', ')}`,
    ja: `${place.ja}知らないキー${shown === undefined ? '' : ` ${shown} `}があります。${guess.ja}使えるキー: ${allowed.join('、')}`,
  };
};

export const wrongChoice = (
  path: string,
  shown: string | undefined,
  allowed: readonly string[],
  suggestion?: string,
): Text => {
  const guess = meant(suggestion);
  const value = shown === undefined ? { en: 'this value', ja: 'この値' } : { en: shown, ja: shown };
  return {
    en: `${path}: ${value.en} cannot be used; ${guess.en}allowed: ${allowed.join(', ')}`,
    ja: `${path}: ${value.ja} は使えません。${guess.ja}使える値: ${allowed.join('、')}`,
  };
};

export const missingKey = (path: string, key: string): Text => ({
  en: `${path || whole.en}: the key ${key} is missing`,
  ja: `${path || whole.ja}: 必須のキー ${key} がありません`,
});

export const oneOfKeys = (path: string, keys: readonly string[]): Text => ({
  en: `${path}: exactly one of ${keys.join(', ')} is needed`,
  ja: `${path}: ${keys.join('、')} のうち、どれか 1 つだけを書いてください`,
});

export const missingVariable = (path: string, variable: string): Text => ({
  en: `${path}: the environment variable ${variable} is not set`,
  ja: `${path}: 環境変数 ${variable} が設定されていません`,
});

export const malformedVariable = (path: string): Text => ({
  en: `${path}: after \${ the name of an environment variable and } are expected; write $\${ for the characters themselves`,
  ja: `${path}: \${ のあとには環境変数名と } が必要です。文字としての \${ は $\${ と書いてください`,
});

export const secretTwice = (path: string, keys: readonly string[]): Text => ({
  en: `${path}: only one of ${keys.join(', ')} may be given`,
  ja: `${path}: ${keys.join('、')} は同時に指定できません。1 つだけにしてください`,
});

export const nameTwice = (path: string, first: number): Text => ({
  en: `${path}: the name is used already in line ${first}; every entry needs a name of its own`,
  ja: `${path}: この名前は ${first} 行目で使われています。項目ごとに別の名前を付けてください`,
});

export const emptyList = (path: string): Text => ({
  en: `${path}: the list is empty`,
  ja: `${path}: リストが空です`,
});

export const aliasProblem = (path: string, why: 'unknown' | 'too-many'): Text =>
  why === 'unknown'
    ? {
        en: `${path || whole.en}: * refers to something that is not marked with &; a text that starts with * needs quotes`,
        ja: `${path || whole.ja}: * の参照先（& で付けた名前）がありません。* で始まる文字列は引用符で囲んでください`,
      }
    : {
        en: `${path || whole.en}: too many references with *`,
        ja: `${path || whole.ja}: * による参照が多すぎます`,
      };

/** A side of a comparison names a CRM that is not there, or does not say which of several is meant. */
export const noSuchCrm = (path: string, named: string | undefined, names: readonly string[]): Text => {
  if (names.length === 0) {
    return {
      en: `${path}: there is no crm: section that says how the CRM is reached`,
      ja: `${path}: CRM の接続先を書いた crm: の設定がありません`,
    };
  }
  const [en, ja] = [names.join(', '), names.join('、')];
  if (named === undefined) {
    return {
      en: `${path}: there are several CRMs; say which one with of: (${en})`,
      ja: `${path}: CRM が複数あります。of: でどれかを指定してください（${ja}）`,
    };
  }
  return {
    en: `${path}: there is no CRM called ${named}; there are ${en}`,
    ja: `${path}: ${named} という CRM はありません。あるのは ${ja} です`,
  };
};
