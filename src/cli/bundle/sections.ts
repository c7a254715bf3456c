import { type Section, sections } from '../../bundle/entry.ts';
import type { Owner } from '../../model/cause.ts';
import type { Text } from '../../model/text.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import type { Known } from './known.ts';

export interface BundleFlags extends CommonFlags {
  readonly text?: boolean;
  readonly for?: Owner;
  readonly output?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly anonymize?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** The sections that a flag names. */
export const sectionsIn = (flag: string, names: readonly string[]): ReadonlySet<Section> => {
  const known = new Map(sections.map((section) => [section as string, section] as const));
  return new Set(
    names
      .flatMap((one) => one.split(','))
      .map((name) => {
        const section = known.get(name.trim());
        if (section) return section;
        throw new UsageError({
          en: `${flag} ${name}: there is no such section; there are ${sections.join(', ')}`,
          ja: `${flag} ${name}: そのような区分はありません。使える区分: ${sections.join('、')}`,
        });
      }),
  );
};

/** Why a section is not taken; undefined where it is. */
export const wantedBy = (flags: BundleFlags, known: Known): ((section: Section) => Text | undefined) => {
  const include = sectionsIn('--include', flags.include ?? []);
  const exclude = sectionsIn('--exclude', flags.exclude ?? []);
  return (section) => {
    if (exclude.has(section)) return { en: 'left out by --exclude', ja: '--exclude で除外しました' };
    // Logs are the one part that nobody has looked through before: they come only where every secret can be looked for.
    if (section === 'logs' && known.unread.length > 0 && !include.has('logs')) {
      return {
        en: 'left out, because not every secret could be read and so be looked for in them; --include logs takes them all the same',
        ja: '読み取れない秘密情報があり、ログに残っていないことを確かめられないため除外しました（--include logs で含められます）',
      };
    }
    return undefined;
  };
};
