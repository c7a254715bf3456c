import type { Text } from '../model/text.ts';

/** What commander's errors hold: the words that it quotes, and what it thinks was meant. */
const partsOf = (message: string): { readonly quoted: readonly string[]; readonly hint: string | undefined } => ({
  quoted: Array.from(message.matchAll(/'([^']*)'/g), ([, word = '']) => word),
  hint: /\(Did you mean (?:one of )?([^?)]*)\??\)/.exec(message)?.[1],
});

const wordsOf = (code: string, message: string): Text => {
  const { quoted, hint } = partsOf(message);
  const [word = ''] = quoted;
  const did = hint === undefined ? '' : ` (did you mean ${hint.replace(/, ([^,]*)$/, ' or $1')}?)`;
  const meant = hint === undefined ? '' : `（もしかして: ${hint.replaceAll(', ', '、')}）`;
  switch (code) {
    case 'commander.unknownOption':
      return { en: `unknown option '${word}'${did}`, ja: `知らないオプションです: ${word}${meant}` };
    case 'commander.unknownCommand':
      if (word.includes('@')) {
        const command = `crm-doctor mail ${word}`;
        return {
          en: `unknown command '${word}' (did you mean ${command}?)`,
          ja: `知らないコマンドです: ${word}（もしかして: ${command}）`,
        };
      }
      return {
        en: `unknown command '${word}'${did}`,
        ja: `知らないコマンドです: ${word}${meant}`,
      };
    case 'commander.missingArgument':
      return { en: `an argument is missing: ${word}`, ja: `引数が足りません: ${word}` };
    case 'commander.optionMissingArgument':
      return { en: `a value is missing after ${word}`, ja: `オプションの値が足りません: ${word}` };
    case 'commander.excessArguments': {
      const [, expected = '', got = ''] = /Expected (\d+) arguments? but got (\d+)/.exec(message) ?? [];
      return {
        en: `too many arguments for ${word}: ${got} in place of ${expected}`,
        ja: `${word} の引数が多すぎます（${expected} 個までのところに ${got} 個あります）`,
      };
    }
    default:
      return { en: message, ja: message };
  }
};

/** Errors after which it helps to see what there is. */
const answeredByHelp: ReadonlySet<string> = new Set([
  'commander.unknownOption',
  'commander.unknownCommand',
  'commander.missingArgument',
  'commander.excessArguments',
]);

/**
 * Commander's errors by its codes, in both languages; the offending words are quoted as they were typed. Where nothing near is known,
 * `help` is the command that shows what there is.
 */
export const usageText = (code: string, message: string, help: string): Text => {
  const { en, ja } = wordsOf(code, message);
  if (!answeredByHelp.has(code) || en.endsWith('?)')) return { en, ja };
  return { en: `${en}; see \`${help}\``, ja: `${ja}。\`${help}\` をご覧ください` };
};
