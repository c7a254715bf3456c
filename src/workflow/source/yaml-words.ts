import type { Text } from '../../model/text.ts';

/** What is wrong, and what to do about it. */
export interface Says {
  readonly message: Text;
  readonly fix: Text;
}

const split: Text = {
  en: 'split the file, or write it more simply',
  ja: 'ファイルを分割するか、書き方を簡単にしてください',
};

export const tooLong = (characters: number, most: number): Says => ({
  message: {
    en: `the file has ${characters} characters, more than the ${most} that are read of YAML`,
    ja: `ファイルが ${characters} 文字あり、YAML として読み取る上限の ${most} 文字を超えています`,
  },
  fix: split,
});

export const tooDeep = (depth: number): Says => ({
  message: {
    en: `the nesting is deeper than ${depth} levels here; the file was read no further`,
    ja: `ここで入れ子が ${depth} 段を超えたため、これ以降は読み取っていません`,
  },
  fix: split,
});

export const tooBusy = (tokens: number): Says => ({
  message: {
    en: `the file has more than ${tokens} words and signs; it was read no further than here`,
    ja: `ファイルの語と記号が ${tokens} 個を超えたため、ここから先は読み取っていません`,
  },
  fix: split,
});

export const keyTwice = (key: string, first: number): Says => ({
  message: {
    en: `the key ${key} is already in line ${first}; this second value is ignored`,
    ja: `キー ${key} は ${first} 行目にもあります。こちらの値は使われません`,
  },
  fix: { en: 'keep one of the two', ja: 'どちらか 1 つだけを残してください' },
});

export const bareTemplate = (written: string): Says => {
  const short = written.length > 60 ? '{{…}}' : written;
  return {
    message: {
      en: `${short} without quotes is no text for YAML, and other programs lose it`,
      ja: `引用符のない ${short} は YAML では文字列になりません。ほかのプログラムでは値が失われます`,
    },
    fix: { en: `put it in quotes: '${short}'`, ja: `引用符で囲んで '${short}' と書いてください` },
  };
};

export const keyIsNoText: Text = {
  en: 'a key has to be a plain word; a list or a mapping cannot be one',
  ja: 'キーには単語を書いてください。リストや { } はキーにできません',
};

export const aliasUnknown = (name: string): Text => ({
  en: `*${name} refers to something that is not marked with &${name} before; a text that starts with * needs quotes`,
  ja: `*${name} の参照先（&${name}）がこれより前にありません。* で始まる文字列は引用符で囲んでください`,
});

export const aliasInItself = (name: string): Text => ({
  en: `*${name} stands inside of what it refers to, so it would never end`,
  ja: `*${name} が自分自身を参照しているため、終わりがありません`,
});

export const aliasesTooMany: Text = {
  en: 'what the references with * stand for adds up to too much; from here on they are not followed',
  ja: '* による参照の内容が合計で多すぎるため、ここから先の参照は読み取っていません',
};

export const aliasesTooDeep: Text = {
  en: 'references with * make the nesting too deep here',
  ja: '* による参照で入れ子が深くなりすぎています',
};
