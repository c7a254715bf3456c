import type { Text } from '../model/text.ts';
import type { Aim, Area, Stage } from './area.ts';
import type { Engine } from './engine.ts';
import { pathQuestion } from './path-question.ts';
import { shellWord } from './shell-word.ts';
import type { Walk } from './walk.ts';

const stages: readonly Stage[] = [
  {
    name: { en: 'Both sides can be read', ja: '両側の読み取り' },
    why: {
      en: 'Opens both sides and reads them to the end: connection, login and format are the first things that fail.',
      ja: '両側を最後まで読み取ります。接続、ログイン、ファイル形式の問題は、まずここに表れます。',
    },
    checks: ['sync.sources'],
  },
  {
    name: { en: 'Data format', ja: 'データの形式' },
    why: {
      en: 'Looks for records that the other side would refuse: too long, a missing value, a wrong form.',
      ja: '相手側に受け付けられないレコード（長すぎる値、必須項目の空欄、形式の誤り）がないかを調べます。',
    },
    checks: ['sync.schema'],
  },
  {
    name: { en: 'Comparison', ja: '比較' },
    why: {
      en: 'Compares the records one by one and looks for the reason of each difference.',
      ja: 'レコードを 1 件ずつ比べ、違いの原因を調べます。',
    },
    checks: ['sync.compare'],
  },
  {
    name: { en: 'Duplicates', ja: '重複' },
    why: {
      en: 'Looks for records that are there twice, also under another spelling.',
      ja: '同じ相手が 2 件登録されていないかを、表記の違いも含めて調べます。',
    },
    checks: ['sync.duplicates'],
  },
  {
    name: { en: 'Schedule', ja: '同期の予定' },
    why: {
      en: 'Looks in the times of the records whether the sync has run as it should.',
      ja: 'レコードの日時から、同期が予定どおり動いているかを調べます。',
    },
    checks: ['sync.schedule'],
  },
];

const place: Text = {
  en: 'A file (CSV, TSV, Excel, JSON, Parquet, also zipped), a database table as postgres://user@host/database#table, or a record type of the configured CRM as crm:contacts.',
  ja: 'ファイル（CSV、TSV、Excel、JSON、Parquet。圧縮ファイルも可）、データベースの表（postgres://ユーザー@ホスト/データベース#テーブル）、設定済みの CRM の種類（crm:contacts）のいずれかです。',
};

const howToExport: Text = {
  en: 'Most CRMs write one with "Export" above a list of records: take all columns, and all records.',
  ja: '多くの CRM では、一覧画面の「エクスポート」（「CSV 出力」）で作成できます。すべての列、すべてのレコードを選んでください。',
};

const wrongTime = (answer: string): Text | undefined =>
  answer.trim() === '' || !Number.isNaN(Date.parse(answer.trim()))
    ? undefined
    : {
        en: 'Write it as 2026-11-20T03:00:00+09:00.',
        ja: '2026-11-20T03:00:00+09:00 の形で入力してください。',
      };

const askedSides = async (walk: Walk, engine: Engine): Promise<Aim> => {
  const files = await walk.once('files', () => engine.candidates('sync'));
  const left = await pathQuestion(walk, engine, {
    id: 'left',
    message: { en: "The CRM's records", ja: 'CRM 側のレコード' },
    more: {
      en: `${place.en} ${howToExport.en}`,
      ja: `${place.ja}${howToExport.ja}`,
    },
    files,
    free: true,
  });
  const right = await pathQuestion(walk, engine, {
    id: 'right',
    message: { en: 'The records of the other system', ja: '連携先のシステム側のレコード' },
    more: place,
    files: files.filter((file) => file !== left),
    free: true,
  });
  const lastSync = (
    await walk.text({
      id: 'last-sync',
      message: { en: 'When did the sync run last?', ja: '最後に同期が動いた日時' },
      more: {
        en: 'With it, a value that one side has not got yet can be told from one that both have changed.',
        ja: 'わかると、「まだ反映されていない値」と「両側で変更された値（競合）」を見分けられます。',
      },
      empty: { en: 'I do not know', ja: 'わからない' },
      wrong: wrongTime,
    })
  ).trim();
  const log = await pathQuestion(walk, engine, {
    id: 'log',
    message: { en: 'Is there a log of the sync?', ja: '同期のログファイルはありますか？' },
    more: {
      en: 'The file in which the sync writes what it did and what failed. Its errors are held against the differences.',
      ja: '同期の処理内容やエラーが書かれたファイルです。ログのエラーと、実際の違いを突き合わせます。',
    },
    files: [],
    none: { en: 'no, or I do not know', ja: 'ない、またはわからない' },
  });
  const words = [
    left,
    right,
    ...(lastSync === '' ? [] : ['--last-sync', lastSync]),
    ...(log === '' ? [] : ['--log', log]),
  ];
  return {
    area: 'sync',
    command: ['sync', ...words],
    first: [],
    repeat: `crm-doctor sync ${words.map(shellWord).join(' ')}`,
    needs: [],
  };
};

const another = 'another';

const prepare = async (walk: Walk, engine: Engine): Promise<Aim> => {
  const configured = await walk.once('configured', () => engine.configured());
  if (configured && configured.comparisons.length > 0) {
    const chosen = await walk.choose({
      id: 'comparison',
      message: { en: 'Which comparison is it about?', ja: 'どの比較を調べますか？' },
      choices: [
        ...configured.comparisons.map((name) => ({
          value: `sync ${name}`,
          name: name === '' ? { en: 'the configured one', ja: '設定ファイルの比較' } : name,
          about: configured.file,
        })),
        { value: another, name: { en: 'another one, or I do not know', ja: 'ほかのデータ、またはわからない' } },
      ],
    });
    if (chosen !== another) {
      const words = ['sync', ...(chosen === 'sync ' ? [] : [chosen.slice('sync '.length)])];
      return {
        area: 'sync',
        command: [...words, '--config', configured.file],
        first: [],
        repeat: `crm-doctor ${words.map(shellWord).join(' ')}`,
        needs: [],
      };
    }
  }
  return askedSides(walk, engine);
};

const watch: readonly Text[] = [
  {
    en: 'Run the sync by hand once, then this check again: the differences have to be gone.',
    ja: '手動で同期を 1 回実行してから、もう一度この検査を行い、違いがなくなったことを確認してください。',
  },
  {
    en: 'Try changes of the sync in a test environment first, and back up both sides before anything is corrected.',
    ja: '同期の設定変更はテスト環境で先に試し、データを直す前に両側のバックアップを取ってください。',
  },
];

export const syncArea: Area = {
  id: 'sync',
  name: { en: 'Records that drift apart', ja: 'データの同期' },
  about: {
    en: 'Records are missing, old, doubled, or differ between the CRM and another system.',
    ja: 'CRM と別のシステムで、データが違う、足りない、古い、重複している。',
  },
  symptoms: [
    { value: 'old', name: { en: 'Changes do not arrive', ja: '変更が反映されない（古いまま）' } },
    { value: 'missing', name: { en: 'Records are missing', ja: 'レコードが足りない' } },
    { value: 'wrong', name: { en: 'Values are wrong or garbled', ja: '値が違う、文字化けする' } },
    { value: 'twice', name: { en: 'Records are there twice', ja: 'レコードが重複している' } },
    { value: 'message', name: { en: 'I have an error message', ja: 'エラーメッセージがある' } },
    { value: 'all', name: { en: 'I do not know: look at everything', ja: 'わからない（すべて調べる）' } },
  ],
  stages,
  prepare,
  watch,
};
