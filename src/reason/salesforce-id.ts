const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The last three characters of an 18-character Salesforce id: which of five characters each are capital letters, lowest bit first. */
export const idSuffix = (id15: string): string =>
  [0, 5, 10]
    .map((from) =>
      letters.charAt(
        [...id15.slice(from, from + 5)].reduce(
          (bits, character, at) => bits + (/[A-Z]/.test(character) ? 2 ** at : 0),
          0,
        ),
      ),
    )
    .join('');

/** The 15 characters that tell a record apart, of either form; undefined where it is no such id, or its check characters disagree. */
export const id15Of = (id: string): string | undefined => {
  if (!/^[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?$/.test(id)) return undefined;
  const short = id.slice(0, 15);
  return id.length === 15 || id.slice(15) === idSuffix(short) ? short : undefined;
};
