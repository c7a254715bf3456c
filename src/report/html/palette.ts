/** What a colour is used for; `Soft` is the quiet background of a state. */
interface Palette {
  readonly page: string;
  readonly card: string;
  readonly code: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly link: string;
  readonly pass: string;
  readonly passSoft: string;
  readonly warn: string;
  readonly warnSoft: string;
  readonly fail: string;
  readonly failSoft: string;
  readonly unknown: string;
  readonly unknownSoft: string;
  readonly skip: string;
  readonly skipSoft: string;
  readonly info: string;
  readonly infoSoft: string;
}

export const light: Palette = {
  page: '#f5f6f8',
  card: '#ffffff',
  code: '#f1f3f6',
  ink: '#1c2430',
  muted: '#566171',
  line: '#dde2e8',
  link: '#1d5bb8',
  pass: '#1b6b41',
  passSoft: '#e7f4ec',
  warn: '#855300',
  warnSoft: '#fcf1dc',
  fail: '#b3261e',
  failSoft: '#fcebe9',
  unknown: '#5d479f',
  unknownSoft: '#f0ecfa',
  skip: '#566171',
  skipSoft: '#eceff3',
  info: '#1d5bb8',
  infoSoft: '#e8f0fb',
};

export const dark: Palette = {
  page: '#11151b',
  card: '#191f28',
  code: '#10141a',
  ink: '#e6eaf0',
  muted: '#a4afbd',
  line: '#2d3642',
  link: '#8db9ff',
  pass: '#74d3a0',
  passSoft: '#17301f',
  warn: '#f2bf63',
  warnSoft: '#35290f',
  fail: '#ff9389',
  failSoft: '#3b1c1a',
  unknown: '#bfb0ff',
  unknownSoft: '#27213d',
  skip: '#a4afbd',
  skipSoft: '#252d38',
  info: '#8db9ff',
  infoSoft: '#182944',
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The colours as custom properties of a style rule. */
export const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${kebab(name)}:${colour}`)
    .join(';');
