import { defineNormalRule } from '../../model/sync/normal.ts';
import { yearFirst } from './calendar.ts';

/** A date that a field for times holds: at midnight, of no zone or, as JSON writes a date, of UTC. */
const midnight = /^([\d/.-]{6,10})[T ]0?0:00(?::00(?:\.0{1,9})?)?Z?$/i;

export const dateFormat = defineNormalRule({
  id: 'date-format',
  title: { en: 'notation of dates', ja: '日付の表記' },
  types: ['date', 'text'],
  cause: 'sync.timestamp-representation',
  canonical: (value) => yearFirst(midnight.exec(value.slice(0, 40))?.[1] ?? value),
});
