import { readFile } from 'node:fs/promises';
import type { Report } from '../../model/report.ts';

/** src/cli/bundle/ and dist/ both stand below the package. */
const places = ['../schema/', '../../../schema/'];

const schemaText = async (): Promise<string> => {
  for (const up of places) {
    try {
      return await readFile(new URL(`${up}crm-doctor-report.v1.json`, import.meta.url), 'utf8');
    } catch {
      // The other place is tried.
    }
  }
  throw new Error('the JSON Schema of the report is not installed');
};

/** What came from outside is a report only where it follows the published schema; `where` names the first fault. */
export const readReport = async (
  value: unknown,
): Promise<
  { readonly kind: 'report'; readonly report: Report } | { readonly kind: 'fault'; readonly where: string }
> => {
  const [{ default: ajv }, text] = await Promise.all([import('ajv/dist/2020.js'), schemaText()]);
  const validate = new ajv.Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(text));
  // The schema describes exactly this type; a test of its own holds them together.
  if (validate(value)) return { kind: 'report', report: value as Report };
  const [fault] = validate.errors ?? [];
  return { kind: 'fault', where: `${fault?.instancePath ?? ''} ${fault?.message ?? ''}`.trim() };
};
