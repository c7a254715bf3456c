import type { Message, Section } from './message.ts';
import { isEnd, type Notice } from './notice.ts';
import { labelOf, type Say, targetsWords } from './say.ts';
import { detailSections, leadOf } from './state-parts.ts';

/** So many lines have room; and so many that last are told in full. */
const most = { held: 30, still: 3 };

type Digest = Extract<Notice, { kind: 'digest' }>;

const isStill = ({ notice, ended }: Digest['held'][number]): boolean => ended === undefined && !isEnd(notice);

const digestSections = ({ held, more }: Digest, say: Say): readonly Section[] => {
  const line = ({ notice, ended }: Digest['held'][number]): string => {
    const end =
      ended === undefined
        ? { en: '', ja: '' }
        : {
            en: `; over at ${say.time(ended)}, after ${say.span(notice.item.since, ended)}`,
            ja: `。${say.time(ended)} に解消（継続時間 ${say.span(notice.item.since, ended)}）`,
          };
    return `${say.time(notice.at)} ${labelOf(notice, say)}: ${leadOf(notice, say)}${say.say(end)}`;
  };
  const all = held.slice(0, most.held);
  const left = held.length - all.length + more;
  const still = held.filter(isStill).slice(0, most.still);
  return [
    { lines: all.map(line), as: 'list' },
    ...(left > 0 ? [{ lines: [say.say({ en: `… and ${left} more`, ja: `…ほか ${left} 件` })] }] : []),
    // What has still to be mended is told in full.
    ...still.flatMap(({ notice }) => [
      { heading: say.say(notice.item.title), lines: [targetsWords(notice.item, say)] },
      ...detailSections(notice.item, say),
    ]),
  ];
};

/** What quiet hours held back: a line each, and all of what lasts. */
export const digestParts = (digest: Digest, say: Say): Pick<Message, 'lead' | 'sections'> => {
  const still = digest.held.filter(isStill).length;
  const all = digest.held.length + digest.more;
  return {
    lead: say.say({
      en: `${all} ${all === 1 ? 'event' : 'events'} since ${say.time(digest.from)}; ${still === 0 ? 'nothing of it lasts' : `${still} of them not over at their last look`}`,
      ja: `${say.time(digest.from)} からの出来事 ${all} 件。${still === 0 ? '続いているものはありません' : `うち ${still} 件は、最後に見た時点で続いています`}`,
    }),
    sections: digestSections(digest, say),
  };
};
