import type { Section } from './message.ts';
import type { Before, Item, StateNotice } from './notice.ts';
import { labelled, type Say, targetsWords, whoWords } from './say.ts';
import { ownerWords } from './words.ts';

/** Japanese behind a name: a blank where the name ends in Latin letters. */
const beside = (name: string, words: string): string => (/[\x21-\x7e]$/.test(name) ? `${name} ${words}` : name + words);

/** What is told of a cause, in a sentence. */
export const leadOf = (notice: StateNotice, say: Say): string => {
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
export const detailSections = (item: Item, say: Say): readonly Section[] => {
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

/** All that is told of it. */
export const stateSections = (notice: StateNotice, say: Say): readonly Section[] => {
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
