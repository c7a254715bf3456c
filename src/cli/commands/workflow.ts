import type { Command } from 'commander';
import type { CommandModule } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags, collect } from '../flags.ts';
import { guarded } from '../report-error.ts';
import type { WorkflowFlags } from '../workflow/target.ts';

const words = {
  schema: {
    en: 'objects, fields, users and roles of the CRM (crm-schema.yaml, or a folder of Salesforce metadata)',
    ja: 'CRM の項目、ユーザー、ロールの定義（crm-schema.yaml、または Salesforce のメタデータのフォルダー）',
  },
  exclude: { en: 'leave out files that match the glob; repeatable', ja: '一致するファイルを除く。複数指定可' },
  simulate: {
    en: 'dry run with sample records or an execution log; nothing is sent',
    ja: 'サンプルのレコードか実行ログで模擬実行する（何も送信しない）',
  },
  boundaries: {
    en: 'also try generated records: empty, longest, other choices, other roles',
    ja: '空の値、最大長、ほかの選択肢やロールなど、自動生成したレコードでも試す',
  },
  baseline: {
    en: 'compare with an earlier version (a git revision or a folder): what changed, which findings are new',
    ja: '以前の版（git のリビジョンかフォルダー）と比べ、変更点と新しい指摘を示す',
  },
  fix: {
    en: 'mend what cannot change what a workflow does, with a backup, after reading and checking the result again',
    ja: '動作が変わらない修正だけを行う（バックアップを残し、修正後に読み直して確かめる）',
  },
  fixUnsafe: {
    en: 'also mend what is almost surely right but changes what a workflow does',
    ja: 'ほぼ確実だが動作が変わる修正も行う',
  },
  dryRun: { en: 'with --fix: only show what would change', ja: '--fix のとき、変更内容を表示するだけで書き込まない' },
  crm: {
    en: 'read the definitions from the configured CRM itself, with its objects and permissions',
    ja: '設定ファイルの CRM から、定義と項目、権限を読み取る',
  },
  map: {
    en: 'write which workflows read, write and start what (.html or .json)',
    ja: 'どのワークフローが何を読み、書き、起動するかの図を書き出す（.html または .json）',
  },
};

export const command: CommandModule = {
  name: 'workflow',
  usage: '[file|dir...]',
  order: 25,
  summary: {
    en: 'check workflow definitions: triggers, conditions, actions, permissions, and what they do to each other',
    ja: 'ワークフローの定義を検査する（トリガー、条件、アクション、権限、相互の影響）',
  },
  examples: [
    'crm-doctor workflow ./workflows --schema crm-schema.yaml',
    'crm-doctor workflow force-app/main/default/flows --format sarif=flows.sarif',
    'crm-doctor workflow --simulate samples.yaml',
    'crm-doctor workflow --crm',
    'crm-doctor workflow ./workflows --baseline main --fail-on new',
    "crm-doctor workflow ./workflows --only 'perm-*' 'flow-*'",
    'crm-doctor workflow ./workflows --map map.html',
  ],
  configure: (workflow: Command, context, done) => {
    const say = (key: keyof typeof words): string => words[key][context.language];
    workflow
      .argument(
        '[file|dir...]',
        {
          en: 'definitions, told by content: Salesforce, HubSpot, Odoo, EspoCRM, SuiteCRM, kintone, YAML and others',
          ja: '定義ファイルかフォルダー（形式は内容から判別: Salesforce、HubSpot、Odoo、EspoCRM、SuiteCRM、kintone、YAML など）',
        }[context.language],
      )
      .option('--schema <path>', say('schema'))
      .option('--exclude <glob>', say('exclude'), collect)
      .option('--simulate <file>', say('simulate'))
      .option('--boundaries', say('boundaries'))
      .option('--baseline <rev|dir>', say('baseline'))
      .option('--fix', say('fix'))
      .option('--fix-unsafe', say('fixUnsafe'))
      .option('--dry-run', say('dryRun'))
      .option('--map <file>', say('map'))
      .option('--crm [name]', say('crm'));
    addCommonFlags(workflow, context.language, { failOn: ['warn', 'fail', 'new'] });
    workflow.action(async (named: readonly string[]) => {
      const flags = workflow.opts<CommonFlags<'warn' | 'fail' | 'new'> & WorkflowFlags>();
      done(
        await guarded({ command: 'workflow', target: named.join(' ') }, flags, context, async () => {
          const { lintWorkflows } = await import('../workflow/run.ts');
          return lintWorkflows(named, flags, context);
        }),
      );
    });
  },
};
