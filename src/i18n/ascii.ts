const typography: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '–': '-',
  '—': '--',
  '‑': '-',
  '…': '...',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '·': '-',
  '×': 'x',
  '≤': '<=',
  '≥': '>=',
  '›': '>',
  '‹': '<',
  '\u00a0': ' ',
};

const signs = new RegExp(`[${Object.keys(typography).join('')}]`, 'g');

/** Typographic signs of English texts as ASCII writes them; letters of other scripts stay. */
export const toAscii = (text: string): string => text.replace(signs, (sign) => typography[sign] ?? sign);
