import type { Text } from '../../model/text.ts';
import type { Problem } from '../../model/workflow/finding.ts';
import type { Refusal } from './runners.ts';
import { short } from './written.ts';

const maximumNames = 10;

/** Names in a sentence. */
export const namedIn = (names: readonly string[]): Text => {
  const shown = names.slice(0, maximumNames).map((name) => short(name, 60));
  const more = names.length - shown.length;
  return {
    en: `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    ja: `${shown.map((name) => `「${name}」`).join('、')}${more > 0 ? ` ほか ${more} 件` : ''}`,
  };
};

/** `The running role sales`: the subject of "may not …". */
export const refusedWho = ({ kind, of, names }: Refusal): Text => {
  const { en, ja } = namedIn(names);
  if (kind === 'one')
    return of === 'user'
      ? { en: `The running user ${en}`, ja: `実行ユーザー${ja}` }
      : { en: `The running role ${en}`, ja: `実行ロール${ja}` };
  if (kind === 'all') return { en: `Nobody who can start it (${en})`, ja: `開始できるどのロール（${ja}）も` };
  return names.length === 1
    ? { en: `The role ${en}`, ja: `ロール${ja}` }
    : { en: `The roles ${en}`, ja: `ロール${ja}` };
};

/** `may not` and `may`: nobody may, the others may not. */
export const refusedVerb = ({ kind }: Refusal): string => (kind === 'all' ? 'may' : 'may not');

/** `は` after everyone but `も`. */
export const refusedParticle = ({ kind }: Refusal): string => (kind === 'all' ? '' : 'は');

/** When it goes wrong: always, or when one of these causes it. */
export const refusedWhen = ({ kind, names }: Refusal): Text => {
  if (kind !== 'some') return { en: 'each time', ja: '毎回' };
  return names.length === 1
    ? { en: 'when that role causes it', ja: 'このロールの人が起動したときに' }
    : { en: 'when one of them causes it', ja: 'これらのロールの人が起動したときに' };
};

/** Some of those who can start it: that is a warning. */
export const refusedSeverity = ({ kind }: Refusal): Pick<Problem, 'severity'> =>
  kind === 'some' ? { severity: 'warning' } : {};
