/** ENOENT and its kind, of whatever was thrown. Not by `instanceof`: an error of another realm is none of ours. */
export const errorCode = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
};
