import type { DatabaseSide, SideConfig, SyncConfig, SyncSubject } from '../../model/sync/subject.ts';
import type { Language, Text } from '../../model/text.ts';
import { escapeControls } from '../../reason/escape.ts';

const nothingOver: Text = { en: '; nothing comes over a network', ja: '。ネットワーク転送はありません' };

const isLocal = (url: string): boolean => /^sqlite:|\.(?:sqlite3?|db3?)$/i.test(url);

/** Nobody is asked, so nobody knows how much it is; the run itself says so before it reads. */
const amountUnknown = ({ kind }: SyncConfig['engine'], { table }: DatabaseSide): Text =>
  table !== undefined && (kind === 'checksums' || kind === 'clickhouse')
    ? {
        en: '; checksums come over and what differs; how much is unknown until it is contacted, and said before it starts',
        ja: '。チェックサムと差異のある行を転送します。転送量は接続するまでわからず、開始前に表示します',
      }
    : {
        en: '; how many rows and bytes come over is unknown until it is contacted, and said before they are read',
        ja: '。転送する行数とバイト数は接続するまでわからず、読み取りの前に表示します',
      };

const sideText = (side: SideConfig, engine: SyncConfig['engine']): Text => {
  switch (side.kind) {
    case 'file':
      return {
        en: `reads ${side.file}; nothing comes over a network`,
        ja: `${side.file} を読み取ります。ネットワーク転送はありません`,
      };
    case 'database': {
      const what = side.table ?? 'a query';
      const over = isLocal(side.url) ? nothingOver : amountUnknown(engine, side);
      return {
        en: `one read-only connection to ${side.url}: ${what}${over.en}`,
        ja: `${side.url} に読み取り専用で 1 回接続します（${side.table ?? 'クエリー'}）${over.ja}`,
      };
    }
    case 'crm': {
      const { url, username } = side.crm.config;
      const as = username === undefined ? '' : ` as ${username}`;
      return {
        en: `${url}: one login${as}, reads the records of ${side.type} page by page; changes nothing; how many requests that takes is unknown until the first page tells`,
        ja: `${url} に${username === undefined ? '' : ` ${username} で`} 1 回ログインし、${side.type} のレコードをページ単位で読み取ります。何も変更しません。リクエスト数は最初のページを読むまでわかりません`,
      };
    }
  }
};

/** What a comparison would read and contact; nothing is done. */
export const syncDryRun = (subjects: readonly SyncSubject[], language: Language): string =>
  subjects
    .map(({ label, config }) => {
      const logs = config.logs ?? [];
      const lines = [
        sideText(config.left, config.engine)[language],
        sideText(config.right, config.engine)[language],
        ...logs.map((file) => ({ en: `reads ${file}`, ja: `${file} を読み取ります` })[language]),
        {
          en: 'temporary files in a private directory, removed at the end; nothing is written to either side',
          ja: '一時ファイルは専用フォルダーに置き、終了時に削除します。どちらの側にも書き込みません',
        }[language],
      ];
      return `${[label, ...lines.map((line) => `  ${escapeControls(line)}`)].join('\n')}\n`;
    })
    .join('\n');
