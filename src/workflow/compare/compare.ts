import type { Language, Text } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { japaneseName } from './part-names.ts';
import type { Parts } from './parts.ts';
import { partsOfStep, partsOfWorkflow, sameStep } from './parts.ts';

/** What became of one workflow since the last good version. */
export interface WorkflowChange {
  readonly workflow: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly says: readonly string[];
  readonly file: string;
  readonly line: number;
}

const differs = (where: string, before: Parts, after: Parts): readonly Text[] => {
  const at = (name: string): string => (where === '' ? name : `${where}: ${name}`);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Text[] => {
    const old = before.get(name);
    const now = after.get(name);
    if (old === now) return [];
    const said = (none: string) => `${old ?? none} → ${now ?? none}`;
    return [{ en: `${at(name)}: ${said('(none)')}`, ja: `${at(japaneseName(name))}: ${said('（なし）')}` }];
  });
};

const stepChanges = (before: Workflow, after: Workflow): readonly Text[] => {
  const old = new Map(before.steps.map((step) => [step.id, step]));
  const now = new Map(after.steps.map((step) => [step.id, step]));
  const texts: Text[] = [];
  for (const [id, step] of now) {
    const was = old.get(id);
    if (!was) {
      texts.push({ en: `step ${id} added (${step.kind})`, ja: `ステップ ${id} を追加 (${step.kind})` });
      continue;
    }
    if (sameStep(was, step)) continue;
    const found = differs(id, partsOfStep(was), partsOfStep(step));
    texts.push(...(found.length > 0 ? found : [{ en: `${id}: changed`, ja: `${id}: 変更あり` }]));
  }
  for (const [id, step] of old) {
    if (!now.has(id))
      texts.push({ en: `step ${id} removed (${step.kind})`, ja: `ステップ ${id} を削除 (${step.kind})` });
  }
  return texts;
};

const keyOf = ({ format, id }: Workflow): string => `${format} ${id}`;

/** More differences of one workflow than a person reads are counted. */
const maximumTold = 30;

const told = (texts: readonly Text[], language: Language): readonly string[] => {
  const says = texts.slice(0, maximumTold).map((text) => text[language]);
  const more = texts.length - says.length;
  return more > 0 ? [...says, { en: `… and ${more} more`, ja: `… ほか ${more} 件` }[language]] : says;
};

/** What changed between two versions of a project, workflow by workflow, in plain words. */
export const compareProjects = (before: Project, after: Project, language: Language): readonly WorkflowChange[] => {
  const old = new Map(before.workflows.map((workflow) => [keyOf(workflow), workflow]));
  const now = new Map(after.workflows.map((workflow) => [keyOf(workflow), workflow]));
  const changes: WorkflowChange[] = [];
  const add = (workflow: Workflow, kind: WorkflowChange['kind'], says: readonly string[]): void => {
    changes.push({ workflow: workflow.id, kind, says, file: workflow.place.file, line: workflow.place.line });
  };
  for (const [key, workflow] of now) {
    const was = old.get(key);
    if (!was) {
      add(workflow, 'added', []);
      continue;
    }
    const texts = [...differs('', partsOfWorkflow(was), partsOfWorkflow(workflow)), ...stepChanges(was, workflow)];
    if (texts.length > 0) add(workflow, 'changed', told(texts, language));
  }
  for (const [key, workflow] of old) if (!now.has(key)) add(workflow, 'removed', []);
  return changes;
};

/** What makes a finding the same in two versions: not its line, which moves. */
const findingKey = ({ rule, workflow = '', element = '', file, message }: Finding): string =>
  JSON.stringify([rule, workflow, element, file, message]);

/** Marks findings that were not there before; equal ones are counted, so that a second of the same is new. */
export const withNew = (
  findings: readonly Finding[],
  before: readonly Finding[],
): { readonly findings: readonly Finding[]; readonly fresh: number; readonly gone: number } => {
  const left = new Map<string, number>();
  const live = before.filter(({ suppressed }) => suppressed === undefined);
  for (const finding of live) left.set(findingKey(finding), (left.get(findingKey(finding)) ?? 0) + 1);
  let fresh = 0;
  const marked = findings.map((finding): Finding => {
    if (finding.suppressed !== undefined) return finding;
    const key = findingKey(finding);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    if (count > 0) return { ...finding, new: false };
    fresh += 1;
    return { ...finding, new: true };
  });
  const gone = [...left.values()].reduce((sum, count) => sum + Math.max(0, count), 0);
  return { findings: marked, fresh, gone };
};
