import type { Text } from '../../model/text.ts';
import type { FieldType } from '../../model/workflow/schema.ts';

const names: Readonly<Record<FieldType | 'record', Text>> = {
  text: { en: 'text', ja: '文字列' },
  longtext: { en: 'text', ja: '文字列' },
  number: { en: 'number', ja: '数値' },
  integer: { en: 'whole number', ja: '整数' },
  currency: { en: 'amount of money', ja: '金額' },
  percent: { en: 'percentage', ja: 'パーセント' },
  boolean: { en: 'yes or no (true, false)', ja: 'はい／いいえ（true、false）' },
  date: { en: 'date', ja: '日付' },
  datetime: { en: 'date with time', ja: '日時' },
  email: { en: 'mail address', ja: 'メールアドレス' },
  phone: { en: 'phone number', ja: '電話番号' },
  url: { en: 'web address', ja: 'URL' },
  picklist: { en: 'choice', ja: '選択肢' },
  multipicklist: { en: 'set of choices', ja: '複数の選択肢' },
  reference: { en: 'link to a record', ja: '他のレコードへの参照' },
  references: { en: 'set of links to records', ja: '複数のレコードへの参照' },
  id: { en: 'record id', ja: 'レコードの ID' },
  record: { en: 'whole record', ja: 'レコード全体' },
};

/** What a type is called in a sentence. */
export const typeName = (type: FieldType | 'record'): Text => names[type];
