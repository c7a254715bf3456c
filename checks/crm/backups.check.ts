import type { BackupPlace } from '../../src/model/backup-facts.ts';
import { defineCrmCheck } from '../../src/model/check.ts';
import { sizeText } from '../../src/model/figure.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { fail, okWith, unknown, warn } from '../../src/model/outcome.ts';
import type { Text } from '../../src/model/text.ts';
import { finished } from '../../src/reason/backup-trend.ts';
import { both } from '../auth/words.ts';
import type { BackupsFact } from './backup-problems.ts';
import { corruptIn, exposedIn, missingIn, shrunkIn, staleIn, unreadableIn, unseenIn } from './backup-problems.ts';
import { ageText, brokenText, formatText, momentText, unknownText } from './backup-words.ts';

const defaultAgeMs = 26 * 3_600_000;

const missingText = (path: string): Text => both(`no backup at ${path}`, `${path} にバックアップがありません`);

/** What is bad, the worst first. */
const badIn = (fact: BackupsFact): readonly { readonly grade: 'fail' | 'warn'; readonly says: Text }[] => {
  const failed = (says: Text) => ({ grade: 'fail' as const, says });
  const warned = (says: Text) => ({ grade: 'warn' as const, says });
  return [
    ...missingIn(fact).map(({ path }) => failed(missingText(path))),
    ...unreadableIn(fact).map(({ path, code }) =>
      failed(both(`${path} cannot be read (${code})`, `${path} を読み取れません（${code}）`)),
    ),
    ...corruptIn(fact).map(({ file, newest, ...rest }) => {
      const how = brokenText(rest);
      const says = both(`${file} is damaged: ${how.en}`, `${file} は壊れています: ${how.ja}`);
      return newest ? failed(says) : warned(says);
    }),
    ...staleIn(fact).map(({ newest, ageMs, onlySeries }) => {
      const age = ageText(ageMs);
      const says = both(
        `the newest is ${age.en} old: ${newest}`,
        `最新のバックアップが ${age.ja}前のものです: ${newest}`,
      );
      return onlySeries === undefined ? failed(says) : warned(says);
    }),
    ...shrunkIn(fact).map(({ file, bytes, usual, least }) => {
      const [size, before] = [sizeText(bytes), sizeText(least ?? usual ?? 0)];
      if (bytes === 0) return failed(both(`${file} is empty`, `${file} は空です`));
      if (least !== undefined)
        return failed(both(`${file} has ${size}, less than ${before}`, `${file} は ${size} で、${before} 未満です`));
      return warned(
        both(`${file} has only ${size}, usually ${before}`, `${file} は ${size} しかありません（通常は ${before}）`),
      );
    }),
    ...exposedIn(fact).map(({ file }) =>
      warned(
        both(`every account of this host can read ${file}`, `このホストのすべてのアカウントが ${file} を読めます`),
      ),
    ),
  ];
};

/** One line about a place where nothing is wrong. */
const goodText = ({ series, path }: BackupPlace, now: number): Text => {
  const newest = series.flatMap(finished).toSorted((left, right) => right.modified.localeCompare(left.modified))[0];
  if (!newest) return both(path, path);
  const age = ageText(now - Date.parse(newest.modified));
  const integrity = series.find(({ members }) => members.includes(newest))?.examined?.integrity;
  const size = sizeText(newest.bytes);
  const base = both(`${newest.path}: ${age.en} old, ${size}`, `${newest.path}: ${age.ja}前、${size}`);
  if (integrity?.kind === 'whole') {
    const what = formatText(integrity.formats);
    return integrity.by === 'content'
      ? both(`${base.en}, read to its end (${what.en})`, `${base.ja}、最後まで読み取って確認（${what.ja}）`)
      : both(`${base.en}, not cut off (${what.en})`, `${base.ja}、途中で切れていないことを確認（${what.ja}）`);
  }
  if (integrity?.kind !== 'unknown') return base;
  const why = unknownText(integrity);
  return both(`${base.en}, content not checked: ${why.en}`, `${base.ja}、内容は未確認: ${why.ja}`);
};

/** Nothing in such a file could ever show it, so that no other run would tell more. */
const isForGood = (why: string): boolean => why === 'format' || why === 'encrypted';

const judge = (fact: BackupsFact): Verdict => {
  const bad = badIn(fact);
  const [worst] = bad.filter(({ grade }) => grade === 'fail').concat(bad);
  if (worst) {
    const more = bad.length - 1;
    const says =
      more === 0 ? worst.says : both(`${worst.says.en}, and ${more} more`, `${worst.says.ja}（ほか ${more} 件）`);
    return worst.grade === 'fail' ? fail(says) : warn(says);
  }
  const [unseen] = unseenIn(fact).filter(({ why }) => !isForGood(why));
  if (unseen) {
    const why = unknownText(unseen);
    return unknown(both(`${unseen.file}: ${why.en}`, `${unseen.file}: ${why.ja}`));
  }
  const now = Date.parse(fact.at);
  const lines = fact.places.map(({ place }) => goodText(place, now));
  return okWith(both(lines.map(({ en }) => en).join('; '), lines.map(({ ja }) => ja).join('; ')));
};

const shownOf = ({ at, places }: BackupsFact): readonly Text[] =>
  places.flatMap(({ place }) => [
    both(place.path, place.path),
    ...place.series.flatMap(({ name, count, members: [newest] }) => {
      if (!newest) return [];
      const age = ageText(Date.parse(at) - Date.parse(newest.modified));
      const when = momentText(newest.modified);
      const size = sizeText(newest.bytes);
      return [
        both(
          `  ${name}: ${count}, the newest of ${when} (${age.en} ago), ${size}`,
          `  ${name}: ${count} 件、最新は ${when}（${age.ja}前）、${size}`,
        ),
      ];
    }),
  ]);

/** The backups of the CRM are there, fresh, of their usual size, and can be read to their end. */
export const crmBackups = defineCrmCheck<BackupsFact>({
  id: 'crm.backups',
  title: both('The backups are fresh and whole', 'バックアップが新しく、壊れていない'),
  present: ({ config }) => (config.backups ?? []).length > 0,
  offline: true,
  past: true,
  probe: async ({ config }, { backups, clock }, signal) => {
    const at = clock.now().toISOString();
    const places = await Promise.all(
      (config.backups ?? []).map(async ({ path, maxAgeMs = defaultAgeMs, minBytes }) => ({
        place: await backups.look(path, signal),
        maxAgeMs,
        ...(minBytes === undefined ? {} : { minBytes }),
      })),
    );
    return { at, places };
  },
  judge,
  shown: shownOf,
});
