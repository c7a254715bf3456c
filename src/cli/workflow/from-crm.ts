import { failureWords } from '../../../checks/crm/failure-words.ts';
import { plural } from '../../i18n/format.ts';
import type { CrmSubject } from '../../model/crm/subject.ts';
import type { CheckReport } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import type { Crm } from '../../model/world.ts';
import { checkOf } from './report.ts';

/** What the CRMs gave, and one row of the report for each of them. */
export interface FromCrms {
  /** By the name that places give them: `crm:odoo/base.automation/12.json`. */
  readonly texts: ReadonlyMap<string, string>;
  readonly screens: ReadonlyMap<string, Text>;
  readonly schema?: Schema;
  readonly checks: readonly CheckReport[];
}

const schemaIn = async (text: string, label: string): Promise<Schema | undefined> => {
  const { readSchemaFile } = await import('../../workflow/schema-file.ts');
  const reading = readSchemaFile(text, label);
  return reading.kind === 'read' ? reading.schema : undefined;
};

const row = (
  label: string,
  status: CheckReport['status'],
  says: Text,
  ms: number,
  language: Language,
): CheckReport => ({
  ...checkOf({ id: 'workflow.parse', status, says, ms }, language),
  target: label,
});

/** Asks the CRMs for their definitions and, where no file says it, for their objects and permissions. */
export const definitionsFrom = async (
  subjects: readonly CrmSubject[],
  crm: Pick<Crm, 'ask'>,
  {
    wantSchema,
    language,
    signal,
  }: { readonly wantSchema: boolean; readonly language: Language; readonly signal: AbortSignal },
): Promise<FromCrms> => {
  const texts = new Map<string, string>();
  const screens = new Map<string, Text>();
  const checks: CheckReport[] = [];
  const schemas: Schema[] = [];
  for (const subject of subjects) {
    const start = performance.now();
    const { label } = subject;
    const [reply, about] = await Promise.all([
      crm.ask(subject, 'workflows', signal),
      wantSchema ? crm.ask(subject, 'schema', signal) : undefined,
    ]);
    const ms = performance.now() - start;
    // Also where the definitions are exported by hand: its objects are known all the same.
    if (about?.kind === 'answered') {
      const schema = await schemaIn(about.value.text, label);
      if (schema) schemas.push(schema);
    }
    if (reply.kind === 'not-offered') {
      checks.push(row(label, 'unknown', reply.why, ms, language));
      continue;
    }
    if (reply.kind === 'failed') {
      checks.push(row(label, 'unknown', failureWords(reply.failure), ms, language));
      continue;
    }
    for (const { path, text, place } of reply.value) {
      texts.set(`${label}/${path}`, text);
      screens.set(`${label}/${path}`, place);
    }
    const gaps = reply.gaps ?? [];
    const missing = (wanted: Language) => gaps.map((gap) => gap[wanted]).join('; ');
    const count = reply.value.length;
    const says: Text = {
      en: `${plural(count, 'definition')} from the CRM${gaps.length === 0 ? '' : ` (${missing('en')})`}`,
      ja: `CRM から ${count} 件の定義を取得しました${gaps.length === 0 ? '' : `（${missing('ja')}）`}`,
    };
    checks.push(row(label, 'pass', says, ms, language));
  }
  // Two CRMs do not share their objects; then each rule that needs them stays silent.
  const [schema] = schemas.length === 1 && subjects.length === 1 ? schemas : [];
  return { texts, screens, checks, ...(schema ? { schema } : {}) };
};

/** Findings with the place in the CRM's screens. */
export const withScreens = (
  findings: readonly Finding[],
  { screens }: Pick<FromCrms, 'screens'>,
  language: Language,
): readonly Finding[] =>
  findings.map((finding) => {
    const screen = screens.get(finding.file);
    return screen === undefined ? finding : { ...finding, screen: screen[language] };
  });
