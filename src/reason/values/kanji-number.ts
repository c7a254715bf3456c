const digits = '〇一二三四五六七八九';
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** 十二, 千二百三, 二〇二五 as a number below 10,000; undefined where it is none. */
export const kanjiNumber = (text: string): number | undefined => {
  if (text === '元') return 1;
  if (text.length === 0 || text.length > 8) return undefined;
  if (!/[十百千]/.test(text)) {
    const plain = [...text].map((sign) => digits.indexOf(sign));
    return plain.length > 4 || plain.includes(-1) ? undefined : Number(plain.join(''));
  }
  let [total, digit, last] = [0, 0, 10_000];
  for (const sign of text) {
    const unit = units[sign];
    if (unit === undefined) {
      if (digit !== 0) return undefined;
      digit = digits.indexOf(sign);
      if (digit < 1) return undefined;
    } else {
      if (unit >= last) return undefined;
      total += (digit || 1) * unit;
      [digit, last] = [0, unit];
    }
  }
  return total + digit;
};
