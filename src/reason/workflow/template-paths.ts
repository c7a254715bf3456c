import type { Place } from '../../model/workflow/place.ts';
import type { Template } from '../../model/workflow/schema.ts';
import type { Path } from '../../model/workflow/value.ts';

/** `{{record.name}}`, `{{{record.note}}}`, and Salesforce's `{!Deal.Name}`. Longer names than these are no names. */
const inserted = /\{\{\{?\s{0,9}([\p{L}\p{N}_.$]{1,200})\s{0,9}\}\}|\{!\s{0,9}([\p{L}\p{N}_.$]{1,200})\s{0,9}\}/gu;

/** More than any letter holds. */
const maximumPaths = 500;

/** The fields of the record that a template shows. Other roots (user, sender, organisation) are not among them. */
export const templatePaths = (template: Template, place: Place): readonly Path[] => {
  const found: Path[] = [];
  for (const text of [template.subject ?? '', template.body ?? '']) {
    for (const match of text.matchAll(inserted)) {
      const name = match[1] ?? match[2] ?? '';
      const [root, ...segments] = name.split('.');
      if (segments.length === 0 || (root !== 'record' && root !== template.object)) continue;
      found.push({ root: { kind: 'record' }, segments, text: name, place });
      if (found.length >= maximumPaths) return found;
    }
  }
  return found;
};
