import type { FailedKey, ProposedField, SyncProposal } from '../model/sync/proposal.ts';
import type { SideConfig } from '../model/sync/subject.ts';
import type { Language, Text } from '../model/text.ts';
import { comment, inFlow, scalar } from './new-config.ts';

/** A side as it was opened; its password stays in the environment. */
export interface ProposedSide {
  readonly config: SideConfig;
  readonly passwordVariable?: string;
}

/** Below this a person should look before anything is relied on. */
const doubtful = 0.6;

const words = {
  head: (day: string): Text => ({
    en: `Proposed by \`crm-doctor init sync\` on ${day} from the records of both sides. How sure each line is stands behind it; change what is wrong`,
    ja: `crm-doctor init sync が ${day} に両側のレコードから作成しました。行末は確からしさです。誤りがあれば直してください`,
  }),
  check: { en: 'TO BE CHECKED: ', ja: '要確認: ' },
  password: {
    left: {
      en: 'The password that stood in the address is not written: call it with --left-password-env NAME, or add passwordFile:',
      ja: 'アドレスに含まれていたパスワードは書き込んでいません。--left-password-env 変数名 を付けて実行し直すか、passwordFile: を追加してください',
    },
    right: {
      en: 'The password that stood in the address is not written: call it with --right-password-env NAME, or add passwordFile:',
      ja: 'アドレスに含まれていたパスワードは書き込んでいません。--right-password-env 変数名 を付けて実行し直すか、passwordFile: を追加してください',
    },
  },
  variable: {
    en: 'taken from the environment; the password itself does not belong in this file',
    ja: '環境変数から読み取ります。パスワードそのものはこのファイルに書かないでください',
  },
  noKey: {
    en: 'No key is good enough, so none is set. The columns that tell records apart go here; these come nearest:',
    ja: 'キーとして使える列が見つからなかったため、設定していません。レコードを一意に識別する列をここに書いてください。候補は次のとおりです:',
  },
  nothing: {
    en: 'No column of one side meets a column of the other. The columns that tell records apart go here, such as key: id',
    ja: '両側で値が一致する列がありません。レコードを一意に識別する列を key: id のように書いてください',
  },
  otherKey: { en: 'This would do as well:', ja: '次のキーも使えます:' },
  only: {
    left: { en: 'Only on the left:', ja: '左側だけにある列:' },
    right: { en: 'Only on the right:', ja: '右側だけにある列:' },
  },
  zoneless: (columns: string): Text => ({
    en: `Times without a zone: ${columns}. They are compared as they are written, and taken for UTC where an instant is needed (the last sync, a delay). If they are local times, say of where:`,
    ja: `タイムゾーンのない時刻の列: ${columns}。書かれたとおりに比べ、最終同期や遅れなど時点が必要な判定では UTC とみなします。現地時間であれば、次のように指定してください:`,
  }),
  cut: {
    left: {
      en: 'The left side was not read to its end: look at it again',
      ja: '左側は最後まで読み込めていません。再度確認してください',
    },
    right: {
      en: 'The right side was not read to its end: look at it again',
      ja: '右側は最後まで読み込めていません。再度確認してください',
    },
  },
} as const;

/** Names of a map are taken as they are: no variable of the environment is looked for in them. */
const asKey = (written: string): string => written.replaceAll('$${', () => '${');

const flow = (entries: readonly (readonly [string, string])[]): string =>
  `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;

const listed = (names: readonly string[]): string =>
  names.length === 1 ? names.map(inFlow).join() : `[${names.map(inFlow).join(', ')}]`;

const filterOf = (filter: NonNullable<SideConfig['filter']>): string =>
  flow(
    Object.entries(filter).map(([column, values]) => [
      asKey(inFlow(column)),
      'not' in values ? flow([['not', listed(values.not)]]) : listed(values),
    ]),
  );

const placeOf = (side: SideConfig): readonly (readonly [string, string])[] => {
  switch (side.kind) {
    case 'file':
      return [
        ['file', inFlow(side.file)],
        ...(side.encoding === 'auto' ? [] : [['encoding', inFlow(side.encoding)] as const]),
        ...(side.delimiter === undefined ? [] : [['delimiter', inFlow(side.delimiter)] as const]),
        ...(side.sheet === undefined ? [] : [['sheet', inFlow(side.sheet)] as const]),
      ];
    case 'database':
      return [
        ['database', inFlow(side.url)],
        ...(side.table === undefined ? [] : [['table', inFlow(side.table)] as const]),
        ...(side.query === undefined ? [] : [['query', inFlow(side.query)] as const]),
        ...(side.ca === undefined ? [] : [['ca', inFlow(side.ca)] as const]),
      ];
    case 'crm':
      return [
        ['crm', inFlow(side.type)],
        ...(side.crm.name === undefined ? [] : [['of', inFlow(side.crm.name)] as const]),
      ];
  }
};

const keyText = ({ left, right, rules }: Pick<FailedKey, 'left' | 'right' | 'rules'>): string =>
  rules.length === 0 && left.join('\u0000') === right.join('\u0000')
    ? listed(left)
    : flow([
        ['left', listed(left)],
        ['right', listed(right)],
        ...(rules.length === 0 ? [] : [['rules', `[${rules.join(', ')}]`] as const]),
      ]);

const fieldText = ({ right, as, role, tolerance }: ProposedField): string => {
  const more = [
    ...(as === undefined ? [] : [['as', as] as const]),
    ...(role === undefined ? [] : [['role', role] as const]),
    ...(tolerance === undefined ? [] : [['tolerance', tolerance] as const]),
  ];
  return more.length === 0 ? scalar(right) : flow([['right', inFlow(right)], ...more]);
};

/** The `sync:` section of a configuration, as a proposal has it: every line with what speaks for it. */
export const syncYaml = (
  proposal: SyncProposal,
  sides: Readonly<Record<'left' | 'right', ProposedSide>>,
  { language, at }: { readonly language: Language /** RFC 3339 */; readonly at: string },
): string => {
  const say = (text: Text): string => comment(text[language]);
  const all = (texts: readonly Text[]): string => texts.map(say).join(language === 'ja' ? '。' : '; ');
  const sure = (confidence: number, evidence: readonly Text[]): string =>
    `${confidence < doubtful ? words.check[language] : ''}${Math.round(100 * confidence)} %: ${all(evidence)}`;
  const { key, otherKeys, failedKeys, fields, ignored, unmapped, failures, zoneless } = proposal;
  const sideLines = (side: 'left' | 'right'): readonly string[] => {
    const { config, passwordVariable } = sides[side];
    return [
      ...failures.flatMap((one) => (one.side === side ? [`# ${say(words.cut[side])}`] : [])),
      `${side}:`,
      ...[
        ...placeOf(config),
        ...(config.filter === undefined ? [] : [['filter', filterOf(config.filter)] as const]),
        ...(config.timeZone === undefined ? [] : [['timeZone', inFlow(config.timeZone)] as const]),
      ].map(([name, value]) => `  ${name}: ${value}`),
      ...(config.timeZone === undefined && zoneless && zoneless[side].length > 0
        ? [`  # ${say(words.zoneless(zoneless[side].join(', ')))}`, '  # timeZone: Asia/Tokyo']
        : []),
      ...(passwordVariable === undefined && config.kind === 'database' && config.password !== undefined
        ? [`  # ${say(words.password[side])}`]
        : []),
      ...(passwordVariable === undefined ? [] : [`  password: \${${passwordVariable}} # ${say(words.variable)}`]),
    ];
  };
  const keyLines = key
    ? [
        `key: ${keyText(key)} # ${sure(key.confidence, key.evidence)}`,
        ...otherKeys.map(
          (one) => `# ${say(words.otherKey)} key: ${comment(keyText(one))} # ${sure(one.confidence, one.evidence)}`,
        ),
      ]
    : failedKeys.length === 0
      ? [`# ${say(words.nothing)}`]
      : [`# ${say(words.noKey)}`, ...failedKeys.map((one) => `# key: ${comment(keyText(one))} # ${all(one.why)}`)];
  // Of two columns of one name on both sides, one word is enough.
  const left = [...new Set(ignored.flatMap((one) => [one.left, one.right]))];
  const lines = [
    `# ${say(words.head(at.slice(0, 10)))}`,
    'sync:',
    ...[
      ...sideLines('left'),
      ...sideLines('right'),
      ...keyLines,
      ...(fields.length === 0 ? [] : ['fields:']),
      ...fields.map((one) => `  ${asKey(scalar(one.left))}: ${fieldText(one)} # ${sure(one.confidence, one.evidence)}`),
      ...ignored.map((one) => `# ${comment(`${one.left} / ${one.right}`)}: ${say(one.why)}`),
      ...(left.length === 0 ? [] : [`ignore: [${left.map(inFlow).join(', ')}]`]),
      ...(['left', 'right'] as const).flatMap((side) =>
        unmapped[side].length === 0 ? [] : [`# ${say(words.only[side])} ${comment(unmapped[side].join(', '))}`],
      ),
    ].map((line) => `  ${line}`),
  ];
  return `${lines.join('\n')}\n`;
};
