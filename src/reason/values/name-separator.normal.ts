import { defineNormalRule } from '../../model/sync/normal.ts';

const japanese = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f\u{20000}-\u{323af}]/u;
const separators = /[\s・･·＝゠]+/g;

/** Between family and given name: Japanese needs nothing there, Latin letters one blank (Jo Ann is not Joann). */
export const nameSeparator = defineNormalRule({
  id: 'name-separator',
  title: { en: 'separator within names', ja: '姓名の区切り' },
  types: ['name', 'company'],
  cause: 'sync.name-separator',
  signs: /[\s・･·＝゠]/,
  canonical: (value) => value.replace(separators, japanese.test(value) ? '' : ' '),
});
