import type { Text } from '../../model/text.ts';
import type { Item, Notice, StateNotice } from '../../notify/notice.ts';

/** One cause may have a title for mail and one for the web, under one id: the words tell which. */
type Titles = (cause: string, words: Text) => Text;

const knownTitles = async (): Promise<Titles> => {
  const [{ allCauses }, { allSyncCauses }] = await Promise.all([
    import('../../../checks/all-causes.ts'),
    import('../../../checks/all-sync-causes.ts'),
  ]);
  const all = [...allCauses, ...allSyncCauses];
  return (cause, words) =>
    all.find(({ id, title }) => id === cause && (title.en === words.en || title.ja === words.ja))?.title ?? words;
};

const isInOne = ({ title }: Pick<Item, 'title'>): boolean => title.en === title.ja;

const stateTitled = (notice: StateNotice, titles: Titles): StateNotice => {
  const titled = <Named extends Pick<Item, 'cause' | 'title'>>(one: Named): Named =>
    isInOne(one) ? { ...one, title: titles(one.cause, one.title) } : one;
  return {
    ...notice,
    item: titled(notice.item),
    ...('before' in notice && notice.before ? { before: titled(notice.before) } : {}),
  };
};

const itemsIn = (notice: Notice): readonly Item[] => {
  if (notice.kind === 'digest') return notice.held.map((one) => one.notice.item);
  return 'item' in notice ? [notice.item] : [];
};

/** A notice with the titles of its causes in the language that its run did not speak. */
export const withTitles = async (notice: Notice): Promise<Notice> => {
  if (!itemsIn(notice).some(isInOne)) return notice;
  const titles = await knownTitles();
  if (notice.kind === 'digest') {
    return { ...notice, held: notice.held.map((one) => ({ ...one, notice: stateTitled(one.notice, titles) })) };
  }
  return 'item' in notice ? stateTitled(notice, titles) : notice;
};
