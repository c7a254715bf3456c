import { visible } from '../../i18n/visible.ts';
import type { Text } from '../../model/text.ts';
import type { Notice } from '../../notify/notice.ts';
import type { OwnFailure } from '../../watch/state.ts';
import { placeIn } from '../report-error.ts';

/** After so many in a row it is more than a moment's. */
const worthTelling = 3;

const longest = 500;

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

const wordsOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? ` (${String(error.code)})` : '';
  return error instanceof Error ? `${error.name}: ${error.message}${code}` : String(error);
};

/** What went wrong, with its place where it is the configuration. */
export const failureText = (error: unknown): Text => {
  const place = placeIn(error);
  if (!place) {
    const words = cut(visible(wordsOf(error)));
    return { en: words, ja: words };
  }
  const where = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
  const before = where === '' ? '' : `${where}: `;
  return { en: cut(`${before}${place.text.en}`), ja: cut(`${before}${place.text.ja}`) };
};

/** One more failure; another fault is a new one. */
export const ownFailure = (before: OwnFailure | undefined, error: unknown, now: Date): OwnFailure => {
  const says = failureText(error);
  const at = now.toISOString();
  const same = before?.says.en === says.en ? before : undefined;
  return {
    since: same?.since ?? at,
    lastAt: at,
    times: (same?.times ?? 0) + 1,
    says,
    told: same?.told ?? false,
  };
};

/** Once, when it lasts. */
export const ownNotice = ({ since, times, says, told }: OwnFailure, now: Date): Notice | undefined =>
  told || times < worthTelling
    ? undefined
    : {
        kind: 'own-failure',
        id: `watch.failing.${since}`,
        at: now.toISOString(),
        severity: 'warning',
        title: { en: 'crm-doctor watch cannot do its work', ja: 'crm-doctor watch が監視を続けられません' },
        says,
        since,
        times,
        steps: [
          {
            en: 'Look at what it says: crm-doctor watch --status',
            ja: '状態を確認します: crm-doctor watch --status',
          },
        ],
      };
