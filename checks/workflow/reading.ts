import type { Text } from '../../src/model/text.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import type { ReadingProblem } from '../../src/model/workflow/project.ts';
import type { See } from '../../src/model/workflow/rule.ts';
import { renaming } from '../../src/reason/workflow/rename.ts';

/** What readers say is a part of a sentence; here it stands alone. A first word that is the user's own keeps its letters. */
const sentence = ({ en, ja }: Text): Text => {
  const upper = en.replace(
    /^(?:an?|the|this|these|there|it|its|write|name|export|rename|keep|save|drop|add|make|correct)\b/,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
  return { en: /[.!?)]$/.test(upper) ? upper : `${upper}.`, ja: /[。）]$/.test(ja) ? ja : `${ja}。` };
};

/** More than anybody reads of one file. */
const maximumPerFile = 100;

/** What reading found, for the rule of that name. */
export const saidWhileReading = (rule: ReadingProblem['rule']) =>
  function* ({ project }: See): Generator<Problem> {
    const counts = new Map<string, number>();
    for (const { rule: of, place, message, fix, workflow, rename } of project.problems) {
      const count = counts.get(place.file) ?? 0;
      if (of !== rule || count >= maximumPerFile) continue;
      counts.set(place.file, count + 1);
      yield {
        place,
        message: sentence(message),
        ...(fix ? { fix: sentence(fix) } : {}),
        ...(workflow === undefined ? {} : { workflow }),
        ...(rename ? { edits: renaming({ name: rename.from, place }, rename.to) } : {}),
      };
    }
  };
