import type { Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';

const names: Readonly<Record<string, Text>> = {
  smtp: { en: 'Sending (SMTP)', ja: '送信 (SMTP)' },
  imap: { en: 'Receiving (IMAP)', ja: '受信 (IMAP)' },
  pop3: { en: 'Receiving (POP3)', ja: '受信 (POP3)' },
};

/** Servers and ports that a run saw working, as a person types them into the settings of a CRM. */
export const settingsTable = ({ checks }: Report): readonly { readonly label: Text; readonly text: Text }[] => {
  const bad = new Set(checks.filter(({ status }) => status === 'fail').map(({ target }) => target));
  const targets = checks.filter(({ id, status }) => id === 'mail.tls' && (status === 'pass' || status === 'warn'));
  return targets.flatMap(({ target }) => {
    const [, protocol = '', host = '', port = ''] = /^(smtp|imap|pop3) (.+):(\d+)$/.exec(target) ?? [];
    const label = names[protocol];
    if (!label || bad.has(target)) return [];
    const implicit = port === '465' || port === '993' || port === '995';
    const security = implicit ? 'SSL/TLS' : 'STARTTLS';
    return [
      {
        label,
        text: {
          en: `server ${host}, port ${port}, encryption ${security}`,
          ja: `サーバー ${host}、ポート ${port}、暗号化 ${security}`,
        },
      },
    ];
  });
};
