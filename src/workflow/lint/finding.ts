import type { Language } from '../../model/text.ts';
import type { Confidence, Finding, RuleSeverity } from '../../model/workflow/finding.ts';
import { nameOf } from './run-rules.ts';
import type { RuleSetting } from './settings.ts';
import type { Judged } from './suppress.ts';

const weight: Readonly<Record<RuleSeverity, number>> = { info: 0, warning: 1, error: 2 };
const lower = (one: RuleSeverity, other: RuleSeverity): RuleSeverity => (weight[one] <= weight[other] ? one : other);

/** What is configured takes the place of the rule's own; where the rule itself was less sure of this one, it stays lower. */
const severityOf = ({ rule, problem }: Judged, setting: RuleSetting | undefined): RuleSeverity => {
  const own = problem.severity ?? rule.severity;
  if (setting?.severity === undefined || setting.severity === 'off') return own;
  return weight[own] < weight[rule.severity] ? lower(own, setting.severity) : setting.severity;
};

const reasonWord = { en: 'the reason', ja: '理由' };

/** The ready-made suppression in the form that the file allows. */
const suppression = (rule: string, file: string, element: string | undefined, language: Language): string => {
  if (/\.ya?ml$/i.test(file)) return `# crm-doctor-disable-next-line ${rule} -- ${reasonWord[language]}`;
  if (/\.(?:xml|flow|workflow|approvalProcess|bpmn)$/i.test(file))
    return `<!-- crm-doctor-disable-next-line ${rule} : ${reasonWord[language]} -->`;
  const where = element === undefined ? '' : `, element: ${JSON.stringify(element)}`;
  return `{ rule: ${rule}, file: ${JSON.stringify(file)}${where}, reason: ${reasonWord[language]} }`;
};

/** The finding as the report has it. */
export const findingOf = (judged: Judged, setting: RuleSetting | undefined, language: Language): Finding => {
  const { rule, problem, suppressed } = judged;
  const name = nameOf(rule);
  const { place } = problem;
  const confidence: Confidence = problem.confidence ?? rule.confidence;
  return {
    rule: rule.id,
    severity: severityOf(judged, setting),
    confidence,
    kind: name.split('-')[0] ?? name,
    sourceKind: rule.sourceKind,
    title: rule.title[language],
    ...(problem.workflow === undefined ? {} : { workflow: problem.workflow }),
    ...(problem.element === undefined ? {} : { element: problem.element }),
    file: place.file,
    line: place.line,
    column: place.column,
    ...(place.endLine === undefined ? {} : { endLine: place.endLine }),
    ...(place.endColumn === undefined ? {} : { endColumn: place.endColumn }),
    ...(place.pointer === undefined ? {} : { pointer: place.pointer }),
    message: problem.message[language],
    fix: {
      says: (problem.fix ?? rule.advice)[language],
      // Without an edit there is nothing to apply or to show, whatever the rule can do elsewhere.
      auto: (problem.edits?.length ?? 0) > 0 ? rule.auto : 'no',
      edits: problem.edits ?? [],
    },
    also: (problem.also ?? []).map(({ place: { file, line }, says }) => ({ file, line, says: says[language] })),
    suppress: suppression(name, place.file, problem.element, language),
    ...(suppressed === undefined ? {} : { suppressed }),
  };
};
