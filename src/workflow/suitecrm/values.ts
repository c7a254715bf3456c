import type { Place } from '../../model/workflow/place.ts';
import type { Unit, Value } from '../../model/workflow/value.ts';
import { literal, opaqueValue, pathValue, recordPath } from '../build.ts';
import { entry, listed, type Parameter, words } from '../source/parameter.ts';

const units: Readonly<Record<string, Unit>> = {
  minute: 'minute',
  minutes: 'minute',
  hour: 'hour',
  hours: 'hour',
  day: 'day',
  days: 'day',
  week: 'week',
  weeks: 'week',
  month: 'month',
  months: 'month',
  year: 'year',
  years: 'year',
};

/** `[base, sign, amount, unit]`: now, today or a date of the record, and so much later or earlier. */
export const dateValue = (parameter: Parameter | undefined, place: Place): Value => {
  const [base, sign, amount, unit] = ['0', '1', '2', '3'].map((key) => words(entry(parameter, key)));
  const opaque = (): Value =>
    opaqueValue(
      [base, sign, amount, unit].filter((word) => word !== undefined).join(' '),
      place,
      base === undefined || base === 'now' || base === 'today' || base === 'anniversary' || base === 'field'
        ? []
        : [recordPath(base, place)],
    );
  if (base === undefined || base === 'anniversary' || base === 'field') return opaque();
  const still = sign === undefined || sign === 'now';
  if (base !== 'now' && base !== 'today') return still ? pathValue(recordPath(base, place)) : opaque();
  if (still) return { kind: 'moment', base, place };
  const named = units[(unit ?? '').toLowerCase()];
  if (!named || (sign !== 'plus' && sign !== 'minus') || amount === undefined || !/^\d{1,6}$/.test(amount))
    return opaque();
  const number = Number(amount) * (sign === 'minus' ? -1 : 1);
  return number === 0
    ? { kind: 'moment', base, place }
    : { kind: 'moment', base, offset: { amount: number, unit: named }, place };
};

/** What an action writes into a field. */
export const writtenValue = (type: string | undefined, value: Parameter | undefined, place: Place): Value => {
  const text = words(value);
  switch (type) {
    case undefined:
    case 'Value':
      return value?.kind === 'entries'
        ? {
            kind: 'list',
            values: [...listed(value).values()].map((one) => literal(words(one) ?? '', one.place)),
            place,
          }
        : literal(text ?? '', value?.place ?? place);
    case 'Field':
      return text === undefined ? opaqueValue('', place) : pathValue(recordPath(text, value?.place ?? place));
    case 'Date':
      return dateValue(value, value?.place ?? place);
    default:
      // Round_Robin, Least_Busy, Random: one of several people.
      return opaqueValue(type, place);
  }
};

/** `^a^,^b^`, as a multiple choice is stored. */
export const storedChoices = (text: string): readonly string[] =>
  text
    .replace(/^\^|\^$/g, '')
    .split(text.includes('^') ? '^,^' : ',')
    .filter((choice) => choice !== '');
