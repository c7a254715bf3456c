import type { Text } from '../../src/model/text.ts';
import { apartText } from '../clock/words.ts';

/** `47 min ahead of` what is named after it, `47 分進んでいます`. */
export const differenceText = (ms: number): Text => {
  const { en, ja } = apartText(ms);
  return { en, ja: ja.trimStart() };
};
