import type { SideConfig, SyncSubject } from '../../model/sync/subject.ts';
import type { Language, Text } from '../../model/text.ts';
import { escapeControls } from '../../reason/escape.ts';

const sideText = (side: SideConfig): Text => {
  switch (side.kind) {
    case 'file':
      return { en: `reads ${side.file}`, ja: `${side.file} を読み取ります` };
    case 'database': {
      const what = side.table ?? 'a query';
      return {
        en: `one read-only connection to ${side.url}: ${what}`,
        ja: `${side.url} に読み取り専用で 1 回接続します（${side.table ?? 'クエリー'}）`,
      };
    }
    case 'crm': {
      const { url, username } = side.crm.config;
      const as = username === undefined ? '' : ` as ${username}`;
      return {
        en: `${url}: one login${as}, reads the records of ${side.type}; changes nothing`,
        ja: `${url} に${username === undefined ? '' : ` ${username} で`} 1 回ログインし、${side.type} のレコードを読み取ります。何も変更しません`,
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
        sideText(config.left)[language],
        sideText(config.right)[language],
        ...logs.map((file) => ({ en: `reads ${file}`, ja: `${file} を読み取ります` })[language]),
        {
          en: 'temporary files in a private directory, removed at the end; nothing is written to either side',
          ja: '一時ファイルは専用フォルダーに置き、終了時に削除します。どちらの側にも書き込みません',
        }[language],
      ];
      return `${[label, ...lines.map((line) => `  ${escapeControls(line)}`)].join('\n')}\n`;
    })
    .join('\n');
