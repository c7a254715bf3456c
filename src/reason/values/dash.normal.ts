import { defineNormalRule } from '../../model/sync/normal.ts';
import { isAscii } from './compatible.ts';

/** The code page tables disagree about these (0x8160, 0x8161, 0x817C, 0x8191, 0x8192, 0x81CA); keyboards offer the rest. */
const signs: Readonly<Record<string, string>> = { '∥': '‖', '￠': '¢', '￡': '£', '￢': '¬' };

/** Dashes as one hyphen and waves as one wave; ー is a dash after a digit or a Latin letter, and a letter after anything else. */
export const foldDashes = (value: string): string =>
  isAscii(value)
    ? value
    : value
        .replace(/[‐‑‒–—―−－﹣]/g, '-')
        .replace(/(?<=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])[ーｰ](?=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])/g, '-');

export const dash = defineNormalRule({
  id: 'dash',
  title: { en: 'kinds of dashes (−, ‐, －)', ja: 'ハイフン・ダッシュ類（−・‐・－）' },
  cause: 'sync.cp932-dash-variants',
  signs: /[‐‑‒–—―−－﹣ーｰ〜～∥￠￡￢]/,
  canonical: (value) =>
    foldDashes(value)
      .replace(/[〜～]/g, '~')
      .replace(/[∥￠￡￢]/g, (sign) => signs[sign] ?? sign),
});
