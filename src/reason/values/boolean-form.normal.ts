import { defineNormalRule } from '../../model/sync/normal.ts';
import { compatible } from './compatible.ts';

const yes = [
  'true',
  't',
  '.t.',
  '1',
  '1.0',
  '-1',
  'yes',
  'y',
  'on',
  'はい',
  '有',
  '有り',
  'あり',
  '○',
  '〇',
  '◯',
  '✓',
  '✔',
  '済',
  '済み',
  '真',
];
const no = [
  'false',
  'f',
  '.f.',
  '0',
  '0.0',
  'no',
  'n',
  'off',
  'いいえ',
  '無',
  '無し',
  'なし',
  '×',
  '✕',
  '✗',
  '未',
  '偽',
];
const meaning: ReadonlyMap<string, string> = new Map([
  ...yes.map((word): [string, string] => [word, 'true']),
  ...no.map((word): [string, string] => [word, 'false']),
]);

/** An empty value is neither. */
export const booleanForm = defineNormalRule({
  id: 'boolean-form',
  title: { en: 'notation of yes and no', ja: '真偽値の表記' },
  types: ['boolean'],
  cause: 'sync.boolean-form',
  canonical: (value) => (value.length > 12 ? undefined : meaning.get(compatible(value).trim().toLowerCase())),
});
