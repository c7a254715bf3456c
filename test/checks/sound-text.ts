import type { Text } from '../../src/model/text.ts';

const unfit = /undefined|NaN|\[object|(?<!\/dev\/)\bnull\b(?! MX)|\$\{| {2}|\.\.(?!\.)|。。/;
const forbidden = /サーバ(?!ー)|ユーザ(?!ー)|フォルダ(?!ー)|ブラックリスト|不正な値|[０-９Ａ-Ｚａ-ｚ]/;

const checkWords = (words: string): void => {
  if (words === '' || words !== words.trim()) throw new Error(`empty or with outer blanks: ${JSON.stringify(words)}`);
  if (unfit.test(words)) throw new Error(`not fit to print: ${JSON.stringify(words)}`);
};

/**
 * Throws where a text is not fit to print. Tests call it for every text of every cause in every case: `expect` costs a
 * stack trace each time, and that was most of their time.
 */
export const checkText = ({ en, ja }: Text): void => {
  checkWords(en);
  checkWords(ja);
};

/** The same for a sentence: it has to be Japanese, in the words of the glossary. */
export const checkSentence = (text: Text): void => {
  checkText(text);
  const { ja } = text;
  if (!/[\u3040-\u30ff\u4e00-\u9fff]/.test(ja)) throw new Error(`no Japanese: ${JSON.stringify(ja)}`);
  if (forbidden.test(ja)) throw new Error(`not a word of the glossary: ${JSON.stringify(ja)}`);
};
