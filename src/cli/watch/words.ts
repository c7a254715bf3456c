import { formatMs } from '../../i18n/format.ts';
import type { Language } from '../../model/text.ts';
import type { WatchConfig } from '../../model/watch.ts';
import { paceOf } from '../../reason/watch/paces.ts';

const units = [
  { ms: 86_400_000, en: 'day', ja: '日' },
  { ms: 3_600_000, en: 'hour', ja: '時間' },
  { ms: 60_000, en: 'minute', ja: '分' },
] as const;

const everyText = (ms: number, language: Language): string => {
  const unit = units.find((one) => ms % one.ms === 0);
  if (!unit) return language === 'ja' ? `${formatMs(ms, language)}ごと` : `every ${formatMs(ms, language)}`;
  const count = ms / unit.ms;
  if (language === 'ja') return `${count} ${unit.ja}ごと`;
  return count === 1 ? `every ${unit.en}` : `every ${count} ${unit.en}s`;
};

/** How often a kind has its turn. */
export const paceText = (watch: WatchConfig | undefined, kind: string, language: Language): string => {
  const pace = paceOf(watch?.every ?? [], kind);
  switch (pace.kind) {
    case 'interval':
      return everyText(pace.ms, language);
    case 'cron':
      return `cron ${pace.expression}`;
    case 'never':
      return { en: 'never', ja: '行わない' }[language];
  }
};
