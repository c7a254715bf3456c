import type { Text } from '../model/text.ts';
import type { Walk } from './walk.ts';

const times: readonly { readonly value: string; readonly name: Text }[] = [
  { value: 'unknown', name: { en: 'I do not know', ja: 'わからない' } },
  { value: 'today', name: { en: 'since today', ja: '今日から' } },
  { value: 'days', name: { en: 'for some days', ja: '数日前から' } },
  { value: 'change', name: { en: 'since something was changed', ja: '何かを変更してから' } },
  { value: 'always', name: { en: 'it has never worked', ja: '最初から一度も動いていない' } },
];

/** Since when it has been so: for the text that goes to somebody else, and for what to look at. */
export const askSince = async (walk: Walk, language: 'en' | 'ja'): Promise<string | undefined> => {
  const since = await walk.choose({
    id: 'since',
    message: { en: 'Since when?', ja: 'いつからですか？' },
    more: {
      en: 'Whoever has to mend it asks this first. What was changed just before is often the reason.',
      ja: '対応する人が最初に知りたいことです。直前の変更が原因になっていることもよくあります。',
    },
    choices: times,
  });
  if (since === 'unknown') return undefined;
  if (since !== 'change') return times.find(({ value }) => value === since)?.name[language];
  const what = (
    await walk.text({
      id: 'changed',
      message: { en: 'What was changed?', ja: '何を変更しましたか？' },
      empty: { en: 'I do not know', ja: 'わからない' },
    })
  ).trim();
  const name = times.find(({ value }) => value === since)?.name[language] ?? '';
  return what === '' ? name : `${name}${language === 'ja' ? `（${what}）` : ` (${what})`}`;
};
