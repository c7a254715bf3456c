import { rememberFor } from '../../../model/remember.ts';
import type { Schema } from '../../../model/workflow/schema.ts';
import type { FormulaLanguage, FormulaProblem, Value } from '../../../model/workflow/value.ts';
import type { Workflow } from '../../../model/workflow/workflow.ts';
import { readLogic } from '../logic-string.ts';
import { usesOf, valuesIn } from '../values.ts';
import { elementOf, sitesOf } from './sites.ts';

export interface FormulaFinding {
  readonly problem: FormulaProblem;
  readonly language: FormulaLanguage;
  readonly element?: string;
}

const inValue = (value: Value, element: string | undefined): readonly FormulaFinding[] =>
  [...valuesIn(value)].flatMap((one) =>
    one.kind === 'formula'
      ? (one.faults ?? []).map((problem) => ({
          problem,
          language: one.language,
          ...(element === undefined ? {} : { element }),
        }))
      : [],
  );

const collect = (workflow: Workflow, schema: Schema): readonly FormulaFinding[] => {
  const found: FormulaFinding[] = [];
  for (const site of sitesOf(workflow, schema)) {
    const { formula, logic } = site.conditions;
    const element = elementOf(site);
    for (const problem of formula?.faults ?? []) {
      if (formula) found.push({ problem, language: formula.language, ...element });
    }
    const reading = logic && readLogic(logic.text);
    if (!logic || reading?.kind !== 'fault') continue;
    const rest = logic.text.slice(reading.at, reading.at + 20);
    const says =
      rest === ''
        ? { en: 'it ends too early', ja: '途中で終わっています' }
        : { en: `"${rest}" cannot stand there`, ja: `「${rest}」の位置が正しくありません` };
    found.push({ problem: { kind: 'syntax', says, place: logic.place }, language: 'salesforce', ...element });
  }
  for (const step of workflow.steps) {
    for (const { value, purpose } of usesOf(step)) {
      if (purpose !== 'condition' && purpose !== 'filter') found.push(...inValue(value, step.id));
    }
  }
  for (const { default: value, name } of workflow.variables) if (value) found.push(...inValue(value, name));
  return found;
};

const bySchema = rememberFor((schema: Schema) => rememberFor((workflow: Workflow) => collect(workflow, schema)));

/** What is wrong in the formulas, domains, queries and logic strings of a workflow. */
export const formulaFaultsOf = (workflow: Workflow, schema: Schema): readonly FormulaFinding[] =>
  bySchema(schema)(workflow);

const languages: Readonly<Record<FormulaLanguage, { readonly en: string; readonly ja: string }>> = {
  salesforce: { en: 'formula', ja: '数式' },
  'odoo-domain': { en: 'domain', ja: 'ドメイン' },
  python: { en: 'expression', ja: '式' },
  espocrm: { en: 'formula', ja: '数式' },
  kintone: { en: 'query', ja: 'クエリ' },
  'power-automate': { en: 'expression', ja: '式' },
  zoho: { en: 'criteria', ja: '条件式' },
  bpmn: { en: 'expression', ja: '式' },
};

export const languageWord = (language: FormulaLanguage): { readonly en: string; readonly ja: string } =>
  languages[language];
