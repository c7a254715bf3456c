import type { Text } from '../../model/text.ts';
import type { Finding } from '../../model/workflow/finding.ts';
import type { Project } from '../../model/workflow/project.ts';
import { withNew } from '../compare/compare.ts';
import { edited, wholeLines } from './edits.ts';
import { sameGraph } from './same-graph.ts';

/** A project and what the rules say of it. */
export interface Checked {
  readonly project: Project;
  readonly findings: readonly Finding[];
}

export interface Fixed {
  /** The new text of each file that changes. */
  readonly texts: ReadonlyMap<string, string>;
  readonly applied: readonly Finding[];
  readonly refused: readonly { readonly finding: Finding; readonly because: Text }[];
  /** The project with the changes, when there are any. */
  readonly after?: Checked;
}

export interface FixRequest {
  readonly before: Checked;
  readonly texts: ReadonlyMap<string, string>;
  /** Also what is almost surely right but changes what the workflow does. */
  readonly unsafe: boolean;
  /** Reads and checks the project again with these texts in the place of the files. */
  readonly again: (texts: ReadonlyMap<string, string>) => Promise<Checked>;
}

const overlapping: Text = {
  en: 'another fix changes the same place; run --fix again',
  ja: '別の修正と同じ箇所です。もう一度 --fix を実行してください',
};

const notProven = {
  unreadable: { en: 'the file could not be read after it', ja: '修正後のファイルを読み込めませんでした' },
  graph: { en: 'other steps would run after it', ja: '修正すると、実行されるステップが変わります' },
  stays: { en: 'the finding stays after it', ja: '修正しても指摘が残ります' },
  worse: { en: 'it brings a new finding', ja: '修正すると新しい指摘が出ます' },
} as const satisfies Readonly<Record<string, Text>>;

const ofFile = <One extends { readonly place: { readonly file: string } }>(all: readonly One[], file: string) =>
  all.filter((one) => one.place.file === file);

/** Why the changed file is not proven to be the same workflow without the findings, or nothing. */
const objection = (file: string, fixes: readonly Finding[], before: Checked, after: Checked): Text | undefined => {
  const problems = (checked: Checked) => ofFile(checked.project.problems, file).length;
  if (problems(after) > problems(before)) return notProven.unreadable;
  const same = sameGraph(ofFile(before.project.workflows, file), ofFile(after.project.workflows, file));
  if (!same) return notProven.graph;
  const count = (findings: readonly Finding[], rule: string) =>
    findings.filter((one) => one.file === file && one.rule === rule && one.suppressed === undefined).length;
  for (const rule of new Set(fixes.map((one) => one.rule))) {
    const fixed = fixes.filter((one) => one.rule === rule).length;
    if (count(after.findings, rule) > count(before.findings, rule) - fixed) return notProven.stays;
  }
  // Advice may follow from an improvement (a variable that nobody reads any more); errors and warnings may not.
  const fresh = withNew(after.findings, before.findings).findings.filter(
    (one) => one.new && one.file === file && one.severity !== 'info',
  );
  return fresh.length > 0 ? notProven.worse : undefined;
};

const maximumSingly = 40;

/**
 * Makes the edits of findings that may be made, and keeps of each file only what is proven by reading and checking it again:
 * it can be read, the same steps are reached in the same way, the findings are gone and no new one has come.
 */
export const fixAll = async ({ before, texts, unsafe, again }: FixRequest): Promise<Fixed> => {
  const wanted = before.findings.filter(
    ({ suppressed, fix }) =>
      suppressed === undefined && fix.edits.length > 0 && (fix.auto === 'yes' || (unsafe && fix.auto === 'unsafe')),
  );
  const refused: { finding: Finding; because: Text }[] = [];
  const proposed = new Map<string, { readonly text: string; readonly fixes: readonly Finding[] }>();
  for (const file of new Set(wanted.map((one) => one.file))) {
    const text = texts.get(file);
    if (text === undefined) continue;
    const taken: Finding[] = [];
    let result = text;
    for (const finding of wanted.filter(
      (one) => one.file === file && one.fix.edits.every((edit) => edit.file === file),
    )) {
      const edits = [...taken, finding].flatMap(({ fix }) => wholeLines(text, fix.edits));
      const tried = edited(text, edits);
      if (tried === undefined) refused.push({ finding, because: overlapping });
      else {
        taken.push(finding);
        result = tried;
      }
    }
    if (taken.length > 0 && result !== text) proposed.set(file, { text: result, fixes: taken });
  }
  if (proposed.size === 0) return { texts: new Map(), applied: [], refused };

  const good = new Map<string, string>();
  const applied: Finding[] = [];
  let after = await again(new Map([...proposed].map(([file, { text }]) => [file, text])));
  let singly = 0;
  let dropped = false;
  for (const [file, { text, fixes }] of proposed) {
    const because = objection(file, fixes, before, after);
    if (because === undefined) {
      good.set(file, text);
      applied.push(...fixes);
      continue;
    }
    dropped = true;
    // One of several may be what is not proven.
    const kept: Finding[] = [];
    for (const finding of fixes.length === 1 ? [] : fixes) {
      singly += 1;
      const own = texts.get(file) ?? '';
      const tried = edited(
        own,
        [...kept, finding].flatMap(({ fix }) => wholeLines(own, fix.edits)),
      );
      if (tried === undefined || singly > maximumSingly) {
        refused.push({ finding, because });
        continue;
      }
      const objected = objection(file, [...kept, finding], before, await again(new Map([[file, tried]])));
      if (objected === undefined) {
        kept.push(finding);
        good.set(file, tried);
      } else refused.push({ finding, because: objected });
    }
    if (fixes.length === 1) refused.push(...fixes.map((finding) => ({ finding, because })));
    applied.push(...kept);
  }
  if (dropped) after = await again(good);
  return { texts: good, applied, refused, ...(good.size > 0 ? { after } : {}) };
};
