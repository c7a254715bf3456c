import type { Text } from '../model/text.ts';
import type { Aim, Area, Stage } from './area.ts';
import type { Engine } from './engine.ts';
import { pathQuestion } from './path-question.ts';
import { shellWord } from './shell-word.ts';
import type { Walk } from './walk.ts';

const stages: readonly Stage[] = [
  {
    name: { en: 'Definitions', ja: '定義の読み取り' },
    why: {
      en: 'Reads the definitions of the workflows: what they start on, on which condition, and what they do.',
      ja: 'ワークフローの定義（きっかけ、条件、アクション）を読み取ります。',
    },
    checks: ['workflow.parse', 'crm.connect', 'crm.version'],
  },
  {
    name: { en: 'Conditions, actions, triggers, permissions', ja: '条件、アクション、トリガー、権限' },
    why: {
      en: 'Goes through every rule: conditions that never hold, fields that do not exist, actions that nobody may do.',
      ja: '常に成り立たない条件、存在しない項目、権限のないアクションなど、既知の誤りがないかを順に調べます。',
    },
    checks: ['workflow.lint'],
  },
  {
    name: { en: 'Dry run', ja: '模擬実行' },
    why: {
      en: 'Runs the workflows with records on paper: nothing is sent and nothing is changed.',
      ja: 'レコードを使って机上で実行します。何も送信せず、何も変更しません。',
    },
    checks: ['workflow.simulate'],
  },
];

const another = 'another';

const prepare = async (walk: Walk, engine: Engine): Promise<Aim> => {
  const configured = await walk.once('configured', () => engine.configured());
  let words: readonly string[] = [];
  if (configured && (configured.workflows || configured.crms.length > 0)) {
    const chosen = await walk.choose({
      id: 'workflows',
      message: { en: 'Which workflows?', ja: 'どのワークフローを調べますか？' },
      choices: [
        ...(configured.workflows
          ? [
              {
                value: 'configured',
                name: { en: 'those of the configuration', ja: '設定ファイルのもの' },
                about: configured.file,
              },
            ]
          : []),
        ...configured.crms.map((name) => ({
          value: `crm ${name}`,
          name: { en: `read them from the CRM (${name})`, ja: `CRM（${name}）から読み取る` },
          about: configured.file,
        })),
        { value: another, name: { en: 'files, or I do not know', ja: 'ファイルを指定する、またはわからない' } },
      ],
    });
    if (chosen === 'configured') words = ['workflow', '--config', configured.file];
    if (chosen.startsWith('crm '))
      words = ['workflow', '--crm', chosen.slice('crm '.length), '--config', configured.file];
  }
  if (words.length === 0) {
    const files = await walk.once('files', () => engine.candidates('workflow'));
    const where = await pathQuestion(walk, engine, {
      id: 'definitions',
      message: { en: 'Where are the definitions of the workflows?', ja: 'ワークフローの定義はどこにありますか？' },
      more: {
        en: 'A file or a folder as the CRM exports it (Salesforce flows, HubSpot, Odoo, EspoCRM, kintone and others). Most CRMs have "export" on the list of workflows; a CRM that is in crm-doctor.yaml can be read directly.',
        ja: 'CRM からエクスポートしたファイルかフォルダーです（Salesforce のフロー、HubSpot、Odoo、EspoCRM、kintone など）。多くの CRM では、ワークフローの一覧画面からエクスポートできます。crm-doctor.yaml に CRM が設定されていれば、直接読み取ることもできます。',
      },
      files,
    });
    const schemas = await walk.once('schemas', () => engine.candidates('schema'));
    const schema = await pathQuestion(walk, engine, {
      id: 'schema',
      message: {
        en: 'Is there a list of the fields and permissions of the CRM?',
        ja: 'CRM の項目や権限の一覧はありますか？',
      },
      more: {
        en: 'crm-schema.yaml, or the folder of Salesforce metadata. With it, fields that do not exist and missing permissions are found too.',
        ja: 'crm-schema.yaml、または Salesforce のメタデータのフォルダーです。あると、存在しない項目や権限の不足も調べられます。',
      },
      files: schemas,
      none: { en: 'no, or I do not know', ja: 'ない、またはわからない' },
    });
    words = ['workflow', where, ...(schema === '' ? [] : ['--schema', schema])];
  }
  const samples = await walk.once('samples', () => engine.candidates('samples'));
  const sample = await pathQuestion(walk, engine, {
    id: 'sample',
    message: {
      en: 'Is there a record with which it failed, or a log?',
      ja: 'うまくいかなかったレコードや実行ログはありますか？',
    },
    more: {
      en: 'A file of sample records, or the execution log of the CRM. Without one, records are made up: empty, longest, other choices, other roles.',
      ja: 'サンプルのレコードのファイル、または CRM の実行ログです。ない場合は、空の値、最大長、ほかの選択肢やロールなどのレコードを自動で作って試します。',
    },
    files: samples,
    none: { en: 'no: try with made-up records', ja: 'ない（自動で作ったレコードで試す）' },
  });
  const all = [...words, ...(sample === '' ? ['--boundaries'] : ['--simulate', sample])];
  return {
    area: 'workflow',
    command: all,
    first: [],
    repeat: `crm-doctor ${all.map(shellWord).join(' ')}`,
    needs: [],
  };
};

const watch: readonly Text[] = [
  {
    en: 'Save the mended workflow in a test environment first and run it once with a record like the one that failed.',
    ja: '直したワークフローは、まずテスト環境に保存し、失敗したときと同じようなレコードで 1 回実行してください。',
  },
  {
    en: 'Keep the definitions in a repository: then --baseline shows what changed since they last worked.',
    ja: '定義ファイルを履歴つきで保管しておくと、--baseline で「正しく動いていたときからの変更点」を調べられます。',
  },
];

export const workflowArea: Area = {
  id: 'workflow',
  name: { en: 'Workflows', ja: 'ワークフロー（自動処理）' },
  about: {
    en: 'An automation does not start, stops with an error, or does the wrong thing.',
    ja: '自動処理が動かない、エラーで止まる、想定と違う動きをする。',
  },
  symptoms: [
    { value: 'silent', name: { en: 'It does not start', ja: '動かない（始まらない）' } },
    { value: 'always', name: { en: 'It starts when it should not', ja: '動いてほしくないときに動く' } },
    { value: 'error', name: { en: 'It stops with an error', ja: 'エラーで止まる' } },
    { value: 'wrong', name: { en: 'The result is wrong', ja: '結果が想定と違う' } },
    { value: 'rights', name: { en: 'Only some people have the problem', ja: '特定の人だけで起きる' } },
    { value: 'message', name: { en: 'I have an error message', ja: 'エラーメッセージがある' } },
    { value: 'all', name: { en: 'I do not know: look at everything', ja: 'わからない（すべて調べる）' } },
  ],
  stages,
  prepare,
  watch,
};
