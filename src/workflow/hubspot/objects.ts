import type { Named } from '../../model/workflow/place.ts';
import { namedOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';

// https://developers.hubspot.com/docs/guides/api/crm/understanding-the-crm, "object type IDs"
const names: Readonly<Record<string, string>> = {
  '0-1': 'contact',
  '0-2': 'company',
  '0-3': 'deal',
  '0-5': 'ticket',
  '0-7': 'product',
  '0-8': 'line_item',
  '0-14': 'quote',
  '0-27': 'task',
  '0-123': 'order',
  '0-136': 'lead',
};

/** A record type by its own name; one of the customer (`2-12345`) keeps its id. */
export const objectOf = (value: JsonValue | undefined): Named | undefined => {
  const named = namedOf(value);
  return named && { ...named, name: names[named.name] ?? named.name };
};
