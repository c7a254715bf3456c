import type { Text } from '../../src/model/text.ts';

const amount = (ms: number): Text => {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor((seconds % 86_400) / 3600),
    Math.floor((seconds % 3600) / 60),
  ];
  const parts: readonly (readonly [number, string, string])[] =
    days > 0
      ? [
          [days, 'd', '日'],
          [hours, 'h', '時間'],
        ]
      : hours > 0
        ? [
            [hours, 'h', '時間'],
            [minutes, 'min', '分'],
          ]
        : [
            [minutes, 'min', '分'],
            [seconds % 60, 's', '秒'],
          ];
  const told = parts.filter(([value]) => value > 0);
  return {
    en: told.map(([value, en]) => `${value} ${en}`).join(' '),
    ja: told.map(([value, , ja]) => `${value} ${ja}`).join(' '),
  };
};

/** `47 min ahead of`, `47 分進んでいます`. */
export const apartText = (ms: number): Text => {
  const { en, ja } = amount(ms);
  return ms > 0 ? { en: `${en} ahead of`, ja: ` ${ja}進んでいます` } : { en: `${en} behind`, ja: ` ${ja}遅れています` };
};
