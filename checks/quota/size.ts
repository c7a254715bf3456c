const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** 1536 → `1.5 KB`, in steps of 1024 as mail servers count. */
export const sizeText = (bytes: number): string => {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${units[power]}`;
};
