import { defineNormalRule } from '../../model/sync/normal.ts';

/** Ids are left out: those of Salesforce with 15 characters differ in case alone. */
export const letterCase = defineNormalRule({
  id: 'letter-case',
  title: { en: 'letter case', ja: '大文字・小文字' },
  types: ['text', 'name', 'company', 'email', 'address', 'picklist', 'multi-picklist'],
  cause: 'sync.letter-case',
  signs: /\p{Changes_When_Lowercased}/u,
  canonical: (value) => value.toLowerCase(),
});
