import type { Language } from '../model/text.ts';

const cut = {
  en: 'The report is longer than a job summary may be; what follows is left out here.',
  ja: 'レポートがジョブの要約の上限を超えるため、これ以降は省略しています。',
} as const;

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** As much of a Markdown report as fits, whole blocks only, so that no table or code is torn; and that it is cut. */
export const shortened = (markdown: string, room: number, language: Language): string => {
  if (bytesOf(markdown) <= room) return markdown;
  const end = `\n${cut[language]}\n`;
  let left = room - bytesOf(end);
  const kept: string[] = [];
  for (const block of markdown.split(/\n(?=\n)/)) {
    left -= bytesOf(block) + 1;
    if (left < 0) break;
    kept.push(block);
  }
  return kept.length === 0 ? '' : `${kept.join('\n')}\n${end}`;
};
