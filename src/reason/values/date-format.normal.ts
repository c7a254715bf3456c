import { defineNormalRule } from '../../model/sync/normal.ts';
import { yearFirst } from './calendar.ts';

export const dateFormat = defineNormalRule({
  id: 'date-format',
  title: { en: 'notation of dates', ja: '日付の表記' },
  types: ['date', 'text'],
  cause: 'sync.timestamp-representation',
  canonical: yearFirst,
});
