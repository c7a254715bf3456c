/** Wilson's interval of a share at 95 % (Wilson 1927): honest near 0 and 1, where the plain one is not. */
export const wilson = (n: number, of: number): { readonly low: number; readonly high: number } => {
  if (of <= 0) return { low: 0, high: 1 };
  const z = 1.959963984540054;
  const share = n / of;
  const wide = 1 + (z * z) / of;
  const middle = (share + (z * z) / (2 * of)) / wide;
  const half = (z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))) / wide;
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
};

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function for x > 0.5 (Lanczos, g = 7). */
const logGamma = (x: number): number => {
  const y = x - 1;
  const series = lanczos.reduce((total, factor, at) => total + factor / (y + at + 1), 0.99999999999980993);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(series);
};

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Fisher's exact test, one-sided: how likely at least `a` of the first row fall into the first column by chance.
 * Table: a b / c d. Its tail is summed until a term no longer counts.
 */
export const fisherAtLeast = (a: number, b: number, c: number, d: number): number => {
  const [row, column, all] = [a + b, a + c, a + b + c + d];
  const most = Math.min(row, column);
  let p = 0;
  for (let x = a; x <= most; x += 1) {
    const term = Math.exp(logChoose(column, x) + logChoose(all - column, row - x) - logChoose(all, row));
    p += term;
    if (term < p * 1e-12 && x > (row * column) / all) break;
  }
  return Math.min(1, p);
};
