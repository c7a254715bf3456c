import { comment, foundIsFine, type Install, onceArgs, same, shellQuoted, yamlQuoted } from './unit.ts';

const state = '.crm-doctor-state';

/** GitHub starts no schedule more often, and is busiest at full quarters: a few minutes beside them. */
const minutesOf = (tick: number, share: number): string => {
  const every = Math.max(5, tick);
  const first = 1 + Math.floor(share * (every - 1));
  return Array.from({ length: 60 / every }, (_, index) => first + index * every).join(',');
};

/** A workflow that keeps the state in the cache of Actions. */
export const install: Install = (unit) => {
  const { language, version, inRepository, timeZone, tick, share, variables, secretFiles } = unit;
  const command = ['crm-doctor', ...onceArgs(unit, { config: inRepository, state })].map(shellQuoted).join(' ');
  const head = comment(language, [
    {
      en: `Looks at what is due, every ${Math.max(5, tick)} minutes.`,
      ja: `${Math.max(5, tick)} 分ごとに、時間になった検査を行います。`,
    },
    {
      en: 'Save this as .github/workflows/crm-doctor-watch.yml in the repository that holds the configuration,',
      ja: '設定ファイルのあるリポジトリの .github/workflows/crm-doctor-watch.yml に保存し、',
    },
    {
      en: `as ${inRepository}. GitHub starts it late when it is busy; what is due is then looked at once.`,
      ja: `設定ファイルは ${inRepository} に置いてください。GitHub の混雑で遅れても、時間になった検査は 1 回行われます。`,
    },
    {
      en: 'In a public repository GitHub stops schedules after 60 days without a commit, and what is written here can be read by all.',
      ja: '公開リポジトリでは、60 日間コミットがないとスケジュールが止まります。また、実行の出力は誰でも読めます。',
    },
    ...(variables.length === 0
      ? []
      : [
          {
            en: 'Secrets (Settings > Secrets and variables > Actions) with these names:',
            ja: 'シークレット（Settings > Secrets and variables > Actions）を次の名前で登録してください:',
          },
          same(`  ${variables.join(' ')}`),
        ]),
    ...(secretFiles.length === 0
      ? []
      : [
          {
            en: 'The configuration reads secrets from these files, which are not on GitHub; take them from environment variables instead:',
            ja: '設定ファイルが読み込む次の秘密のファイルは GitHub 上にはありません。代わりに環境変数から読み込むようにしてください:',
          },
          ...secretFiles.map((file) => same(`  ${file}`)),
        ]),
  ]);
  return `${head}
name: crm-doctor watch

on:
  schedule:
    - cron: ${yamlQuoted(`${minutesOf(tick, share)} * * * *`)}
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: crm-doctor-watch
  cancel-in-progress: false

jobs:
  watch:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-node@v5
        with:
          node-version: 22
      - run: npm install --global ${yamlQuoted(`crm-doctor@${version}`).slice(1, -1)}
      - uses: actions/cache/restore@v4
        with:
          path: ${state}
          key: crm-doctor-watch-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: crm-doctor-watch-
      - run: ${yamlQuoted(`${command} || ${foundIsFine}`)}
        env:
          TZ: ${yamlQuoted(timeZone)}
${variables.map((name) => `          ${name}: \${{ secrets.${name} }}\n`).join('')}      - if: always()
        uses: actions/cache/save@v4
        with:
          path: ${state}
          key: crm-doctor-watch-\${{ github.run_id }}-\${{ github.run_attempt }}
`;
};
