import type { Text } from '../../model/text.ts';

/** The names of scopes, as a sentence says which are lacking. */
export const scopes = (names: readonly string[], place: Text): Text => {
  const list = names.join(', ');
  return { en: `the scope ${list} (${place.en})`, ja: `スコープ ${list}（${place.ja}）` };
};
