import type { Language, Text } from '../model/text.ts';

/** Commander's own words, which it has in English only. */
const titles: Readonly<Record<string, Text>> = {
  'Usage:': { en: 'Usage:', ja: '使い方:' },
  'Arguments:': { en: 'Arguments:', ja: '引数:' },
  'Options:': { en: 'Options:', ja: 'オプション:' },
  'Global Options:': { en: 'Global Options:', ja: '共通オプション:' },
  'Commands:': { en: 'Commands:', ja: 'コマンド:' },
};

export const titleIn = (language: Language, title: string): string => titles[title]?.[language] ?? title;

export const texts = {
  tagline: {
    en: "Finds why a CRM's mail, data sync or workflows fail, proves the fix, and writes it down.",
    ja: 'CRM のメール、データ同期、ワークフローが動かない原因を突き止め、直し方を実際に試して確かめ、記録します。',
  },
  help: { en: 'show this help', ja: 'この説明を表示する' },
  version: { en: 'show the version', ja: 'バージョンを表示する' },
  examples: { en: 'Examples:', ja: '例:' },
  more: {
    en: 'See what it does without any server of your own: crm-doctor demo',
    ja: '自分のサーバーがなくても試せます: crm-doctor demo',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** Commander's errors by its codes; the offending words are quoted as they were typed. */
export const usageText = (code: string, message: string): Text => {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  const hint = /\(Did you mean (?:one of )?([^?)]*)\??\)/.exec(message)?.[1];
  const meant = hint === undefined ? '' : `（もしかして: ${hint}）`;
  switch (code) {
    case 'commander.unknownOption':
      return { en: message, ja: `知らないオプションです: ${quoted}${meant}` };
    case 'commander.unknownCommand':
      return { en: message, ja: `知らないコマンドです: ${quoted}${meant}` };
    case 'commander.missingArgument':
      return { en: message, ja: `引数が足りません: ${quoted}` };
    case 'commander.optionMissingArgument':
      return { en: message, ja: `オプションの値が足りません: ${quoted}` };
    case 'commander.excessArguments':
      return { en: message, ja: `引数が多すぎます: ${message}` };
    case 'commander.invalidArgument':
      return { en: message, ja: `使えない値です: ${message}` };
    default:
      return { en: message, ja: message };
  }
};
