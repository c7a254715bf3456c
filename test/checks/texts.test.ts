import { test } from '@jest/globals';
import { allCauses } from '../../checks/all-causes.ts';
import { checkSentence } from './sound-text.ts';

test.each(allCauses.map((cause) => [cause.id, cause] as const))('%s has a title and says what it means', (_, cause) => {
  checkSentence(cause.title);
  checkSentence(cause.about);
});
