import type { AnySubject } from '../../model/check.ts';
import { isMailbox } from '../../model/check.ts';
import type { CrmSubject } from '../../model/crm/subject.ts';
import type { Language } from '../../model/text.ts';
import { dryRun } from '../dry-run.ts';

const crmLines = ({ label, config }: CrmSubject, language: Language): string => {
  const lines = [label];
  const say = (en: string, ja: string) => lines.push(`  ${language === 'ja' ? ja : en}`);
  const { url, username, secret, logs, backups } = config;
  if (secret && username !== undefined) {
    say(`${url}: one login as ${username}`, `${url}: ${username} で 1 回ログイン`);
  } else if (secret) say(`${url}: one login`, `${url}: 1 回ログイン`);
  else say(`${url}: no login`, `${url}: ログインなし`);
  say(
    'asks for its version, mail accounts, scheduled jobs, outgoing queue and log; changes nothing',
    'バージョン、メールアカウント、定期ジョブ、送信待ち、ログを問い合わせます。何も変更しません',
  );
  say(
    'then the mail servers that it has set, as it uses them',
    '続けて、CRM に設定されたメールサーバーを、CRM と同じ条件で調べます',
  );
  if (logs) say(`reads ${logs.join(', ')}`, `${logs.join('、')} を読み取ります`);
  const places = (backups ?? []).map(({ path }) => path);
  if (places.length > 0) say(`looks at backups: ${places.join(', ')}`, `バックアップを調べます: ${places.join('、')}`);
  return `${lines.join('\n')}\n`;
};

/** What `check` would contact, with whose login; nothing is done. */
export const checkDryRun = (subjects: readonly AnySubject[], language: Language): string =>
  subjects
    .map((subject) => (isMailbox(subject) ? dryRun([subject], language) : crmLines(subject, language)))
    .join('\n');
