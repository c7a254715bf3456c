import type { Text } from '../../model/text.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { ReadingProblem } from '../../model/workflow/project.ts';
import type { Duration } from '../../model/workflow/value.ts';
import type { Defect } from '../../model/workflow/workflow.ts';
import type { Complain } from '../source/expect.ts';
import { wrongValue } from '../source/expect.ts';
import type { TreeNode } from '../source/tree.ts';
import type { YamlText } from '../source/yaml-tree.ts';
import { durationOf } from './duration.ts';

/** What the reader of one workflow carries along, and where in it we are. */
export interface Scope {
  readonly source: YamlText;
  readonly workflow: string;
  /** Ids that a path may begin with. */
  readonly steps: ReadonlySet<string>;
  /** The loop that we are in. */
  readonly loop?: string;
  /** Plain names are fields of the object that is looked up, and not of the trigger record. */
  readonly candidate?: true;
  readonly problems: ReadingProblem[];
  readonly defects: Defect[];
  readonly complain: Complain;
}

export const aDuration: Text = {
  en: 'a duration such as 15min, 4h, 7d, 2w or 1month',
  ja: '15min、4h、7d、2w、1month のような期間',
};

export const durationIn = (node: TreeNode, what: string, scope: Scope): Duration | undefined => {
  const duration = node.kind === 'scalar' ? durationOf(node.text) : undefined;
  if (!duration) scope.complain(wrongValue(what, aDuration, node));
  return duration;
};

export const wrong = (scope: Scope, place: Place, message: Text, fix: Text): void => {
  scope.complain({ rule: 'parse-value', place, message, fix });
};
