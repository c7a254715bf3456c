import type { Severity } from '../model/cause.ts';
import type { Language, Text } from '../model/text.ts';
import { escapeControls } from '../reason/escape.ts';
import { type Before, type Item, isEnd, type Notice, type StateNotice } from './notice.ts';
import type { Ended } from './outbox.ts';
import { kindWords, ownerWords, problemWords, spanWords, timeWords } from './words.ts';

/** A part of a message; channels decide how a heading, a list or a command looks. */
export interface Section {
  readonly heading?: string;
  readonly lines: readonly string[];
  readonly as?: 'numbered' | 'list' | 'command';
}

/** A notice in the words of one language, without any mark-up. Every line is one harmless line. */
export interface Message {
  readonly kind: Notice['kind'];
  readonly severity: Severity;
  readonly subject: string;
  /** One or two sentences: for a place that shows no more. */
  readonly lead: string;
  readonly sections: readonly Section[];
  readonly footer: string;
}

export interface Telling {
  readonly language: Language;
  /** IANA; times are told in it. */
  readonly timeZone: string;
  /** What stands in the message besides: notices of which nobody knows whether they arrived. */
  readonly uncertain?: readonly Ended[];
}

const shown = { names: 10, affects: 5, held: 30, changes: 30, uncertain: 5 };

interface Say {
  readonly language: Language;
  readonly say: (text: Text) => string;
  readonly time: (at: string) => string;
  readonly span: (from: string, to: string) => string;
}

const sayIn = ({ language, timeZone }: Telling): Say => ({
  language,
  say: (text) => text[language],
  time: (at) => timeWords(at, language, timeZone),
  span: (from, to) => spanWords(from, to, language),
});

const listWords = (names: readonly string[], count: number, { say, language }: Say): string => {
  const some = names.slice(0, shown.names);
  const more = count - some.length;
  const joined = some.join(language === 'ja' ? '、' : ', ');
  return more > 0 ? say({ en: `${joined} and ${more} more`, ja: `${joined} ほか ${more} 件` }) : joined;
};

/** Who has it: a name, or how many of how many at which host. */
const whoWords = ({ mailboxes, count, of, host }: Item, { say }: Say): string => {
  const [first = ''] = mailboxes;
  if (count <= 1) return first;
  const at = host === undefined ? { en: '', ja: '' } : { en: ` at ${host}`, ja: `${host} の` };
  return of === undefined || of === count
    ? say({ en: `${count} mailboxes${at.en}`, ja: `${at.ja}メールボックス ${count} 件` })
    : say({ en: `${count} of ${of} mailboxes${at.en}`, ja: `${at.ja}メールボックス ${of} 件中 ${count} 件` });
};

/** Japanese behind a name: a blank where the name ends in Latin letters. */
const beside = (name: string, words: string): string => (/[\x21-\x7e]$/.test(name) ? `${name} ${words}` : name + words);

const labelOf = (notice: Notice, { say }: Say): string =>
  say(notice.kind === 'problem' ? problemWords[notice.severity] : kindWords[notice.kind]);

const targetsWords = (item: Item, say: Say): string => {
  const places = item.affects.filter((target) => target !== '' && !item.mailboxes.includes(target));
  const names = listWords(item.mailboxes, item.count, say);
  const some = places.slice(0, shown.affects);
  if (some.length === 0) return names;
  const joined = some.join(say.language === 'ja' ? '、' : ', ');
  const rest = places.length > some.length ? ', …' : '';
  return say.say({ en: `${names} (${joined}${rest})`, ja: `${names}（${joined}${rest}）` });
};

const labelled = (label: Text, value: string, { language }: Say): string =>
  language === 'ja' ? `${label.ja}: ${value}` : `${label.en}: ${value}`;

const whatSection = (item: Item, at: string, say: Say): Section => ({
  lines: [
    labelled({ en: 'What', ja: '対象' }, targetsWords(item, say), say),
    labelled(
      { en: 'Since', ja: '最初の検知' },
      say.say({
        en: `${say.time(item.since)}${item.since === at ? '' : `, for ${say.span(item.since, at)}`}`,
        ja: `${say.time(item.since)}${item.since === at ? '' : `（${say.span(item.since, at)}経過）`}`,
      }),
      say,
    ),
    labelled({ en: 'Cause', ja: '原因' }, `${say.say(item.title)} [${item.cause}]`, say),
    ...(item.says ? [say.say(item.says)] : []),
  ],
});

/** Cause, proof, fix, last solution, and how to look again. */
const detailSections = (item: Item, say: Say): readonly Section[] => {
  const { proof = [], steps = [], owner, trial, last, verify } = item;
  const found = proof.map(({ target, says }) =>
    [target, say.say(says)].filter((words, at, all) => words !== '' && all.indexOf(words) === at).join(': '),
  );
  const who = owner === undefined ? undefined : say.say(ownerWords[owner]);
  return [
    ...(found.length > 0
      ? [{ heading: say.say({ en: 'What shows it', ja: '根拠' }), lines: found, as: 'list' as const }]
      : []),
    ...(steps.length > 0
      ? [
          {
            heading:
              who === undefined
                ? say.say({ en: 'What to do', ja: '対処' })
                : say.say({ en: `What to do (${who})`, ja: `対処（担当: ${who}）` }),
            lines: steps.map(say.say),
            as: 'numbered' as const,
          },
        ]
      : []),
    ...(trial ? [{ heading: say.say({ en: 'Proven', ja: '対処の確認' }), lines: [say.say(trial)] }] : []),
    ...(last
      ? [
          {
            heading: say.say({ en: 'Last time', ja: '前回の解決' }),
            lines: [`${say.time(last.at)}: ${say.say(last.says)}`],
          },
        ]
      : []),
    ...(verify === undefined
      ? []
      : [
          {
            heading: say.say({ en: 'Look again', ja: '対処後の再確認' }),
            lines: [verify],
            as: 'command' as const,
          },
        ]),
  ];
};

const leadOf = (notice: StateNotice, say: Say): string => {
  const { item, at } = notice;
  const who = whoWords(item, say);
  const title = say.say(item.title);
  const span = say.span(item.since, at);
  switch (notice.kind) {
    case 'problem':
      return say.say({ en: `${who}: ${title}`, ja: `${beside(who, 'で問題が見つかりました')}: ${title}` });
    case 'changed':
      return notice.before.cause === item.cause
        ? say.say({ en: `${who}: ${title}. It has become worse.`, ja: `${who}: 「${title}」の影響が大きくなりました` })
        : say.say({
            en: `${who}: not "${notice.before.title.en}" any more, but "${item.title.en}"`,
            ja: `${who}: 原因が「${notice.before.title.ja}」から「${item.title.ja}」に変わりました`,
          });
    case 'recovered':
      return say.say({
        en: `${who}: "${item.title.en}" is over. It lasted ${span}.`,
        ja: `${who}: 「${item.title.ja}」は解消しました（継続時間 ${span}）`,
      });
    case 'reminder':
      return say.say({
        en: `${who}: "${item.title.en}" is still there, for ${span} now`,
        ja: `${who}: 「${item.title.ja}」が ${span}続いています`,
      });
    case 'flapping':
      return say.say({
        en: `${who}: "${item.title.en}" comes and goes (${notice.changes} changes). Nothing more is told about it until it is calm.`,
        ja: `${who}: 「${item.title.ja}」が断続的に起きています（変化 ${notice.changes} 回）。状態が安定するまで、この件の通知を控えます`,
      });
    case 'calm':
      return notice.now === 'problem'
        ? say.say({
            en: `${who}: "${item.title.en}" has not gone away any more: it is a lasting problem now`,
            ja: `${who}: 断続的だった「${item.title.ja}」が、続けて起きるようになりました`,
          })
        : say.say({
            en: `${who}: "${item.title.en}", which came and went, has not come back`,
            ja: `${who}: 断続的だった「${item.title.ja}」は、その後起きていません`,
          });
  }
};

const beforeSection = (before: Before | undefined, say: Say): readonly Section[] =>
  before === undefined
    ? []
    : [
        {
          lines: [
            labelled(
              { en: 'Until now', ja: 'これまで' },
              say.say({
                en: `${before.title.en} [${before.cause}], since ${say.time(before.since)}`,
                ja: `${before.title.ja} [${before.cause}]（${say.time(before.since)} から）`,
              }),
              say,
            ),
          ],
        },
      ];

const recoveredSections = (notice: Extract<StateNotice, { kind: 'recovered' }>, say: Say): readonly Section[] => {
  const { item, at, written } = notice;
  return [
    {
      lines: [
        labelled({ en: 'What', ja: '対象' }, targetsWords(item, say), say),
        labelled({ en: 'Cause', ja: '原因' }, `${say.say(item.title)} [${item.cause}]`, say),
        labelled(
          { en: 'From', ja: '期間' },
          say.say({
            en: `${say.time(item.since)} to ${say.time(at)} at the latest (${say.span(item.since, at)})`,
            ja: `${say.time(item.since)} から、遅くとも ${say.time(at)} まで（${say.span(item.since, at)}）`,
          }),
          say,
        ),
        written
          ? labelled({ en: 'In the runbook', ja: '記録された作業' }, say.say(written), say)
          : say.say({
              en: 'Nothing is written down about how it went away. If you know: crm-doctor runbook note "TEXT"',
              ja: '解消までの作業は記録されていません。わかる場合は、次のコマンドで書き残せます: crm-doctor runbook note "内容"',
            }),
      ],
    },
  ];
};

const stateSections = (notice: StateNotice, say: Say): readonly Section[] => {
  switch (notice.kind) {
    case 'recovered':
      return recoveredSections(notice, say);
    case 'calm':
      return notice.now === 'good'
        ? [{ lines: [labelled({ en: 'What', ja: '対象' }, targetsWords(notice.item, say), say)] }]
        : [whatSection(notice.item, notice.at, say), ...detailSections(notice.item, say)];
    case 'changed':
    case 'flapping':
      return [
        whatSection(notice.item, notice.at, say),
        ...beforeSection(notice.before, say),
        ...detailSections(notice.item, say),
      ];
    default:
      return [whatSection(notice.item, notice.at, say), ...detailSections(notice.item, say)];
  }
};

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
  const all = held.slice(0, shown.held);
  const left = held.length - all.length + more;
  const still = held.filter(isStill).slice(0, 3);
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

const partsOf = (notice: Notice, say: Say): Pick<Message, 'lead' | 'sections'> => {
  switch (notice.kind) {
    case 'digest': {
      const still = notice.held.filter(isStill).length;
      const all = notice.held.length + notice.more;
      return {
        lead: say.say({
          en: `${all} ${all === 1 ? 'event' : 'events'} since ${say.time(notice.from)}; ${still === 0 ? 'nothing of it lasts' : `${still} of them not over at their last look`}`,
          ja: `${say.time(notice.from)} からの出来事 ${all} 件。${still === 0 ? '続いているものはありません' : `うち ${still} 件は、最後に見た時点で続いています`}`,
        }),
        sections: digestSections(notice, say),
      };
    }
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
            ...ended.slice(-shown.uncertain).map((one) =>
              say.say({
                en: `${say.time(one.noticeAt)} ${one.kind === 'problem' ? problemWords[one.severity].en : kindWords[one.kind].en}`,
                ja: `${say.time(one.noticeAt)} ${one.kind === 'problem' ? problemWords[one.severity].ja : kindWords[one.kind].ja}`,
              }),
            ),
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
  const say = sayIn(telling);
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

/** The lines of a section as plain text has them. */
export const linesOf = ({ lines, as }: Section): readonly string[] =>
  lines.map((line, at) =>
    as === 'numbered' ? `${at + 1}. ${line}` : as === 'list' ? `- ${line}` : as === 'command' ? `  ${line}` : line,
  );

/** The whole message as plain text. */
export const plainText = ({ lead, sections, footer }: Message): string => {
  const parts = sections.map((section) =>
    [...(section.heading === undefined ? [] : [`■ ${section.heading}`]), ...linesOf(section)].join('\n'),
  );
  return `${[lead, ...parts, `-- \n${footer}`].join('\n\n')}\n`;
};

/** As much of a plain text as fits, cut between lines where that is possible. */
export const fitting = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 2);
  const line = cut.lastIndexOf('\n');
  return `${line > most / 2 ? cut.slice(0, line) : [...cut].slice(0, -1).join('')}\n…`;
};
