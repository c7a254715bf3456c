import type { Text } from '../../src/model/text.ts';
import { inWords } from '../../src/reason/rows/moments.ts';
import type { Apart } from '../../src/reason/rows/partly.ts';
import { both } from '../auth/words.ts';

/** What sets apart the records that a fault befalls, and how many of the others share it: two sentences. */
export const apartText = (apart: Apart, befallen: Text): Text => {
  const { column, n, spared } = apart;
  const others =
    spared === 0
      ? both('none of those that are right is', '正しいレコードは 1 件も該当しません')
      : both(`only ${spared} of those that are right are`, `正しいレコードで該当するのは ${spared} 件だけです`);
  if (apart.kind === 'segment') {
    return both(
      `Of those that ${befallen.en}, ${n} have ${column} = ${apart.value}; ${others.en} among them`,
      `${befallen.ja}レコードのうち ${n} 件は ${column} = ${apart.value} で、${others.ja}`,
    );
  }
  const moment = inWords(apart.at).replace(/ 00:00:00$/, '');
  const [en, ja] =
    apart.kind === 'since' ? [`since ${moment}`, `${moment} 以降`] : [`before ${moment}`, `${moment} より前`];
  return both(
    `Of those that ${befallen.en}, ${n} have ${column} ${en} (UTC); ${others.en} among them`,
    `${befallen.ja}レコードのうち ${n} 件は ${column} が ${ja}（UTC）で、${others.ja}`,
  );
};
