const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const form = /^(\d{1,9}d)?(\d{1,9}h)?(\d{1,9}m)?(\d{1,9}s)?(\d{1,9}ms)?$/;

/** `60s`, `15m`, `1h30m`, `500ms` in milliseconds; undefined for what is none. */
export const parseDuration = (text: string): number | undefined => {
  const words = text.trim();
  if (words === '' || !form.test(words)) return undefined;
  const parts = words.matchAll(/(\d+)(ms|[smhd])/g);
  return [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0), 0);
};
