import type { Language } from '../model/text.ts';
import { escapeControls } from '../reason/escape.ts';
import { digestParts } from './digest-parts.ts';
import type { Message, Section } from './message.ts';
import { isEnd, type Notice } from './notice.ts';
import type { Ended } from './outbox.ts';
import { labelled, labelOf, type Say, sayIn, whoWords } from './say.ts';
import { leadOf, stateSections } from './state-parts.ts';

interface Telling {
  readonly language: Language;
  /** IANA; times are told in it. */
  readonly timeZone: string;
  /** What stands in the message besides: notices of which nobody knows whether they arrived. */
  readonly uncertain?: readonly Ended[];
}

const shown = { changes: 30, uncertain: 5 };

const partsOf = (notice: Notice, say: Say): Pick<Message, 'lead' | 'sections'> => {
  switch (notice.kind) {
    case 'digest':
      return digestParts(notice, say);
    case 'own-failure':
      return {
        lead: say.say(notice.title),
        sections: [
          {
            lines: [
              say.say(notice.says),
              labelled({ en: 'Since', ja: '発生' }, say.time(notice.since), say),
              labelled({ en: 'Times', ja: '回数' }, String(notice.times), say),
            ],
          },
          ...(notice.steps.length > 0
            ? [
                {
                  heading: say.say({ en: 'What to do', ja: '対処' }),
                  lines: notice.steps.map(say.say),
                  as: 'numbered' as const,
                },
              ]
            : []),
        ],
      };
    case 'drift': {
      const some = notice.changes.slice(0, shown.changes);
      const left = notice.changes.length - some.length + notice.more;
      const where =
        notice.mailbox === undefined ? { en: '', ja: '' } : { en: `${notice.mailbox}: `, ja: `${notice.mailbox}: ` };
      return {
        lead: say.say({
          en: `${where.en}changed since the last good run, before anything fails`,
          ja: `${where.ja}前回の正常な検査から変わった点があります（障害は起きていません）`,
        }),
        sections: [
          { lines: some.map(say.say), as: 'list' },
          ...(left > 0 ? [{ lines: [say.say({ en: `… and ${left} more`, ja: `…ほか ${left} 件` })] }] : []),
          {
            heading: say.say({ en: 'If this was intended', ja: '意図した変更の場合' }),
            lines: [notice.verify],
            as: 'command',
          },
        ],
      };
    }
    case 'test':
      return {
        lead: say.say({
          en: 'This is a test. Nothing is wrong, and nothing has to be done.',
          ja: 'これはテスト通知です。障害は起きていません。対応は不要です。',
        }),
        sections: [
          {
            lines: [
              labelled({ en: 'Sent by', ja: '送信元' }, notice.machine, say),
              labelled({ en: 'At', ja: '送信時刻' }, say.time(notice.at), say),
            ],
          },
        ],
      };
    default:
      return { lead: leadOf(notice, say), sections: stateSections(notice, say) };
  }
};

const subjectOf = (notice: Notice, lead: string, say: Say): string => {
  const label = labelOf(notice, say);
  if (!('item' in notice)) return `[crm-doctor] ${label}: ${lead}`;
  const { title } = notice.item;
  const what = isEnd(notice) ? say.say({ en: `no longer "${title.en}"`, ja: `「${title.ja}」は解消` }) : say.say(title);
  return `[crm-doctor] ${label}: ${whoWords(notice.item, say)}: ${what}`;
};

const uncertainSection = (ended: readonly Ended[], say: Say): readonly Section[] =>
  ended.length === 0
    ? []
    : [
        {
          heading: say.say({ en: 'Earlier notices', ja: '以前の通知について' }),
          lines: [
            say.say({
              en: 'Whether these notices have reached you is not known; they are not sent again:',
              ja: '次の通知は、届いたかどうかを確認できませんでした（再送はしません）。',
            }),
            ...ended.slice(-shown.uncertain).map((one) => `${say.time(one.noticeAt)} ${labelOf(one, say)}`),
          ],
        },
      ];

const oneLine = (words: string, most: number): string => {
  const line = escapeControls(words.replace(/\s*[\r\n]+\s*/g, ' '));
  return line.length > most ? `${[...line.slice(0, most)].slice(0, -1).join('')}…` : line;
};

const longest = { subject: 200, line: 2_000 };

/** What a notice says to a person. */
export const messageOf = (notice: Notice, telling: Telling): Message => {
  const say = sayIn(telling.language, telling.timeZone);
  const { lead, sections } = partsOf(notice, say);
  return {
    kind: notice.kind,
    severity: notice.severity,
    subject: oneLine(subjectOf(notice, lead, say), longest.subject),
    lead: oneLine(lead, longest.line),
    sections: [...sections, ...uncertainSection(telling.uncertain ?? [], say)].map(({ heading, lines, as }) => ({
      ...(heading === undefined ? {} : { heading: oneLine(heading, longest.subject) }),
      lines: lines.map((line) => oneLine(line, longest.line)),
      ...(as === undefined ? {} : { as }),
    })),
    footer: say.say({
      en: `crm-doctor watch, ${say.time(notice.at)}`,
      ja: `crm-doctor watch（${say.time(notice.at)}）`,
    }),
  };
};
