import { escapeControls } from '../../reason/escape.ts';
import { instantOf, momentOf } from '../../reason/moments.ts';

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

export const printable = (text: string, most = 300): string => escapeControls(cut(text, most));

export const milliseconds = (value: string, zone?: string): number | undefined => {
  const moment = momentOf(value);
  return moment && instantOf(moment, zone);
};
