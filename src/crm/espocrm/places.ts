import type { Text } from '../../model/text.ts';

/** Menu paths as EspoCRM shows them in English and in Japanese. */
const menu = (en: string, ja: string): ((name?: string) => Text) => {
  return (name) => ({
    en: ['Administration', en, name].filter(Boolean).join(' > '),
    ja: ['管理', ja, name].filter(Boolean).join(' > '),
  });
};

export const groupAccounts = menu('Group Email Accounts', 'グループメールアカウント');
export const personalAccounts = menu('Personal Email Accounts', '個人メールアカウント');
export const outboundEmails = menu('Outbound Emails', 'アウトバウンドメール');
export const scheduledJobs = menu('Scheduled Jobs', 'スケジュール済ジョブ');
export const workflows = menu('Workflows', 'ワークフロー');
export const flowcharts = menu('Process Flowcharts', 'プロセスフローチャート');
