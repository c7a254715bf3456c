import type { Schema } from '../../../model/workflow/schema.ts';
import type { Format } from '../../../model/workflow/workflow.ts';

/** Formats of one system: their workflows run on the same records. */
export const systemOf = (format: Format): string =>
  format === 'SF' || format === 'WR' || format === 'AP' ? 'Salesforce' : format;

const spelled = (name: string, format: Format, schema: Schema): string =>
  schema.ignoreCase === true || systemOf(format) === 'Salesforce' ? name.toLowerCase() : name;

/** One name for an object, whichever workflow speaks of it. */
export const objectKey = (object: string, format: Format, schema: Schema): string =>
  `${systemOf(format)} ${spelled(object, format, schema)}`;

/** One name for a field of an object. */
export const fieldKey = (object: string, field: string, format: Format, schema: Schema): string =>
  `${objectKey(object, format, schema)}.${spelled(field, format, schema)}`;

// The engine itself writes the moment of each save there, whatever else is written.
const clockFields =
  /^(?:modifiedAt|LastModifiedDate|SystemModstamp|write_date|__last_update|date_modified|modifiedtime|Modified_Time|modifiedon|hs_lastmodifieddate|lastmodifieddate|LastActivityDate|更新日時)$/i;

/** Whether the field holds the moment of the last save. */
export const isSaveClock = (field: string): boolean => clockFields.test(field);
