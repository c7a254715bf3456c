/** A file of a side is at most 1 TiB, so that file and offset fit a double exactly. */
const fileSpan = 2 ** 40;

export const mostFiles = 2 ** 12;
export const mostFileBytes = fileSpan - 1;

export const addressOf = (file: number, offset: number): number => file * fileSpan + offset;

export const placeOf = (address: number): { readonly file: number; readonly offset: number } => {
  const file = Math.floor(address / fileSpan);
  return { file, offset: address - file * fileSpan };
};
