import type { Topic } from '../topic.ts';

export const configuration: Topic = {
  name: 'configuration',
  title: { en: 'The configuration file', ja: '設定ファイル' },
  parts: [
    {
      kind: 'text',
      text: {
        en: 'crm-doctor.yaml (or .yml, .json) is looked for in this directory and above it, then in ~/.config/crm-doctor. --config FILE and CRM_DOCTOR_CONFIG name another one. `crm-doctor init` writes it.',
        ja: 'crm-doctor.yaml（.yml、.json も可）を、このフォルダー、その上位、~/.config/crm-doctor の順に探します。--config ファイル か CRM_DOCTOR_CONFIG で別のファイルを指定できます。`crm-doctor init` で作成できます。',
      },
    },
    {
      kind: 'lines',
      lines: [
        'version: 1',
        'language: ja',
        'mail:',
        '  address: sales@example.co.jp',
        '  password: ${MAIL_PASSWORD}',
        '  smtp: { host: smtp.example.co.jp, port: 587, security: starttls }',
        '  imap: { host: imap.example.co.jp, port: 993, security: tls }',
        'crm:',
        '  type: odoo',
        '  url: https://crm.example.co.jp',
        '  username: admin',
        '  secret: ${CRM_SECRET}',
        'sync:',
        '  left: { crm: contacts }',
        '  right: { file: ./export/customers.csv }',
        '  key: [email]',
        'workflow:',
        '  files: [./workflows]',
      ],
    },
    {
      kind: 'list',
      rows: [
        {
          term: 'mail',
          about: {
            en: 'a mailbox, or a list of them with a name each: crm-doctor mail NAME',
            ja: 'メールボックス 1 つ。または name を付けた一覧（crm-doctor mail 名前）',
          },
        },
        {
          term: 'crm',
          about: { en: 'how the CRM is asked; may be a list with names', ja: 'CRM への接続。name を付けた一覧も可' },
        },
        {
          term: 'sync',
          about: {
            en: 'two sides to compare; may be a list with names: crm-doctor sync NAME',
            ja: '比べる 2 つのデータ。name を付けた一覧も可（crm-doctor sync 名前）',
          },
        },
        {
          term: 'workflow',
          about: { en: 'definitions to check, and their schema', ja: '検査するワークフローの定義と、その項目定義' },
        },
        { term: 'language', about: { en: 'ja or en', ja: 'ja または en' } },
        { term: 'runbook', about: { en: 'directory of the runbook log', ja: '作業記録を置くフォルダー' } },
        { term: '${NAME}', about: { en: 'a value from the environment', ja: '環境変数の値' } },
      ],
    },
    {
      kind: 'text',
      text: {
        en: 'Relative paths count from the file. An unknown key is an error that names file, line and column and what was probably meant. Every key with its meaning stands in the README, and in schema/crm-doctor-config.v1.json, which editors complete from.',
        ja: '相対パスは設定ファイルの場所から数えます。知らないキーは、ファイル名、行、桁と、近いキーを示すエラーになります。すべてのキーとその意味は README と schema/crm-doctor-config.v1.json にあり、エディターの補完にも使えます。',
      },
    },
  ],
};
