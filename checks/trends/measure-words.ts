import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';

/** What a figure is called, and what its growth comes to. */
interface Told {
  readonly title: Text;
  /** The id of the note in `prevention`, where growth is worth one. */
  readonly note?: string;
  /** Smaller growth is not worth a word. */
  readonly least?: number;
}

const told: Readonly<Record<string, Told>> = {
  'quota.storage': { title: both('used storage', '使用容量'), note: 'quota.nearly-full' },
  'quota.messages': { title: both('stored messages (limited)', '保存件数（上限あり）'), note: 'quota.message-count' },
  messages: { title: both('messages', 'メール件数') },
  connect: { title: both('time to connect', '接続時間'), least: 100 },
  login: { title: both('time to log in', 'ログイン時間'), least: 300 },
  'round-trip': { title: both('time of delivery', '配送時間'), note: 'deliver.delayed', least: 5000 },
  'queue.waiting': {
    title: both('messages that wait in the CRM', 'CRM の送信待ち件数'),
    note: 'crm.queue-stuck',
    least: 10,
  },
  'queue.failed': { title: both('failed messages in the CRM', 'CRM の送信失敗件数'), least: 10 },
  'queue.age': { title: both('age of the oldest waiting message', '最も古い送信待ちの経過時間') },
  'backup.age': { title: both('age of the newest backup', '最新のバックアップの経過時間') },
  'backup.size': { title: both('size of the newest backup', '最新のバックアップのサイズ') },
  'sync.missing': {
    title: both('missing records', '不足しているレコード'),
    note: 'sync.updates-not-propagated',
    least: 10,
  },
  'sync.extra': { title: both('extra records', '余分なレコード'), note: 'sync.deletes-not-propagated', least: 10 },
  'sync.changed': {
    title: both('differing records', '内容が異なるレコード'),
    note: 'sync.updates-not-propagated',
    least: 10,
  },
  'sync.repeated': {
    title: both('records with a repeated key', 'キーが重複するレコード'),
    note: 'sync.key-not-unique',
    least: 10,
  },
  'sync.duplicates': { title: both('groups of duplicates', '重複の組数'), note: 'sync.duplicate-person', least: 5 },
  'sync.lag': {
    title: both('how far the other side is behind', '同期の遅れ'),
    note: 'sync.interval-lag',
    least: 60_000,
  },
  'sync.age': { title: both('time since the last sync', '最後の同期からの経過時間') },
};

/** Nothing where it is not told over time (dates, figures of another version). */
export const toldOf = (id: string): Told | undefined => (Object.hasOwn(told, id) ? told[id] : undefined);
