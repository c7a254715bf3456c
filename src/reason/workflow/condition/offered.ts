import type { Text } from '../../../model/text.ts';
import type { Operator } from '../../../model/workflow/condition.ts';
import type { Format } from '../../../model/workflow/workflow.ts';
import { isNumberType, isTimeType } from './constant.ts';
import type { Comparison } from './sites.ts';

const ofText: ReadonlySet<Operator> = new Set(['contains', 'notContains', 'startsWith', 'endsWith']);
const ofOrder: ReadonlySet<Operator> = new Set(['lt', 'le', 'gt', 'ge', 'between']);
const ofPast: ReadonlySet<Operator> = new Set(['changed', 'notChanged', 'changedTo', 'changedFrom', 'was']);

/** Where a choice field takes no part of a text: elsewhere it is compared as text (Salesforce) or the importer knows better. */
const choicesAreWhole: readonly Format[] = ['NY', 'SU', 'KI'];
/** Domains and expressions compare whatever they are given. */
const comparesAnything: readonly Format[] = ['OD', 'PA', 'BP'];

/** SuiteCRM's workflow module offers these for a drop-down field. */
const suiteChoices: ReadonlySet<Operator> = new Set([
  'eq',
  'ne',
  'empty',
  'notEmpty',
  'in',
  'notIn',
  'changed',
  'includes',
]);

/** Why an operator is not offered for what it is used on; undefined where it is, or where that is not known. */
export const notOffered = ({ test: { op }, path, leads, site }: Comparison, format: Format): Text | undefined => {
  if (ofPast.has(op)) {
    switch (path.root.kind) {
      case 'candidate':
        return {
          en: 'a filter looks at stored records, which have no value before and after',
          ja: '検索条件では保存済みのレコードを見るため、変更前と変更後の値がありません',
        };
      case 'variable':
      case 'step':
      case 'item':
      case 'input':
      case 'user':
        return {
          en: 'only the record that is being saved has a value before and after',
          ja: '変更前と変更後の値があるのは、保存中のレコードだけです',
        };
      case 'record':
      case 'prior':
      case 'system':
      case 'error':
      case 'undefined':
    }
  }
  if (leads.kind !== 'field' || site.decides === 'transition') return undefined;
  const { type } = leads.field;
  if (ofText.has(op)) {
    if (isNumberType(type)) return { en: 'the field holds a number', ja: '項目は数値です' };
    if (isTimeType(type) && format !== 'OD') return { en: 'the field holds a date', ja: '項目は日付です' };
    if (type === 'boolean') return { en: 'the field holds yes or no', ja: '項目ははい・いいえです' };
    if (type === 'picklist' && choicesAreWhole.includes(format))
      return { en: 'the field holds one of a list of choices', ja: '項目は選択肢から 1 つを選ぶものです' };
  }
  if (ofOrder.has(op) && !comparesAnything.includes(format)) {
    if (type === 'boolean') return { en: 'yes and no have no order', ja: 'はい・いいえには大小がありません' };
    if (type === 'picklist' || type === 'multipicklist')
      return { en: 'choices have no order', ja: '選択肢には大小がありません' };
    if (type === 'reference' || type === 'references')
      return {
        en: 'the field points to a record, and records have no order',
        ja: '項目はレコードへの参照で、大小がありません',
      };
  }
  if (format === 'SU' && type === 'picklist' && !suiteChoices.has(op))
    return {
      en: 'SuiteCRM does not offer it for a drop-down field',
      ja: 'SuiteCRM のドロップダウン項目では使えません',
    };
  return undefined;
};
