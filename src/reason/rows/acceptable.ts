import type { ComparedColumn } from '../../model/sync/column.ts';
import { momentOf } from './moments.ts';

const isAddress = (value: string): boolean => {
  const at = value.indexOf('@');
  const dot = value.lastIndexOf('.');
  return at > 0 && value.indexOf('@', at + 1) === -1 && dot > at + 1 && dot < value.length - 1 && !/\s/.test(value);
};

const digitsIn = (value: string): number => {
  let count = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code > 0x7e) return value.normalize('NFKC').replace(/\D/g, '').length;
    if (code >= 0x30 && code <= 0x39) count += 1;
  }
  return count;
};

/** What a target that checks its values would refuse; undefined: this column is not checked. An empty value is another matter. */
export const ruleFor = ({ type, rightSource }: ComparedColumn): 'options' | 'form' | undefined => {
  if (rightSource.options && rightSource.options.length > 0) return 'options';
  return ['email', 'phone', 'postcode', 'date', 'timestamp', 'number', 'amount'].includes(type) ? 'form' : undefined;
};

export const isAcceptable = ({ type, rightSource }: ComparedColumn, value: string): boolean => {
  if (value === '') return true;
  if (rightSource.options && rightSource.options.length > 0) return rightSource.options.includes(value);
  if (value.length > 1000) return false;
  switch (type) {
    case 'email':
      return isAddress(value);
    case 'phone':
      return digitsIn(value) >= 9 && digitsIn(value) <= 20;
    case 'postcode':
      return digitsIn(value) >= 3;
    case 'date':
    case 'timestamp':
      return momentOf(value) !== undefined || digitsIn(value) >= 5;
    case 'number':
    case 'amount':
      return digitsIn(value) > 0;
    default:
      return true;
  }
};
