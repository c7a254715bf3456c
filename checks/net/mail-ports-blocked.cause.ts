import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { closedService, contactsText } from './contacts.ts';

interface Detail {
  readonly host: string;
  readonly others: readonly string[];
}

const ports = [25, 465, 587] as const;

export const mailPortsBlocked = defineCause<Detail>({
  id: 'net.mail-ports-blocked',
  title: both(
    'This network blocks all ports for sending mail',
    'このネットワークでは、メール送信用のポートがすべて遮断されています',
  ),
  about: both(
    'From this network none of the ports for sending mail (25, 465 and 587) gets through, to no server, while the web port 443 of the same server answers. A firewall of the company, the hoster or the cloud provider lets web traffic pass only. The mail server is not at fault.',
    'このネットワークからは、メール送信用のポート（25、465、587 番）がどのサーバーに対しても通りません。一方、同じサーバーの Web 用ポート（443 番）は応答します。社内、ホスティング事業者、クラウド事業者などのファイアウォールが、Web の通信だけを許可しています。メールサーバーの故障ではありません。',
  ),
  owner: 'network-admin',
  unless: ['config.malformed-value', 'config.wrong-host', 'net.submission-blocked', 'net.proxy-required'],
  explain: (evidence, subject) => {
    const { smtp } = subject.services;
    const closed = smtp && closedService(evidence, subject, smtp);
    if (!smtp || closed?.how !== 'silent') return [];
    const { siblings, others25 } = closed.fact;
    const silent = (port: number): boolean => {
      if (port === smtp.port) return true;
      const seen = siblings.filter((sibling) => sibling.port === port);
      return seen.length > 0 && seen.every(({ connect }) => connect.kind === 'silent');
    };
    const web = siblings.some(
      ({ port, connect }) => port === 443 && (connect.kind === 'open' || connect.kind === 'refused'),
    );
    const others = others25.filter(({ connect }) => connect.kind === 'silent').map(({ host }) => host);
    if (!web || !ports.every(silent) || others.length === 0 || others.length < others25.length) return [];
    const seen = both(
      `25, 465 and 587 of ${smtp.host} and 25 of ${others.join(', ')} are silent, 443 of ${smtp.host} answers`,
      `${smtp.host} の 25、465、587 番と ${others.join('、')} の 25 番は応答がなく、${smtp.host} の 443 番は応答します`,
    );
    return [
      {
        detail: { host: smtp.host, others },
        severity: 'critical',
        confidence: 0.85,
        affects: [targetOf(smtp)],
        evidence: [
          { check: closed.check, says: contactsText(closed) },
          { check: closed.check, says: seen },
        ],
      },
    ];
  },
  because: ({ host, others }) =>
    both(
      `Port 25, 465 and 587 of ${host} stay silent, so does port 25 of ${others.join(', ')}, but port 443 of ${host} answers: this network lets no mail out.`,
      `${host} の 25、465、587 番ポートも、${others.join('、')} の 25 番ポートも応答がありません。一方、${host} の 443 番ポートは応答します。このネットワークからはメールを送信できません。`,
    ),
  steps: ({ host }) => [
    both(
      `Ask the operator of this network or the hoster to open outgoing TCP port 587 (or 465) to ${host}.`,
      `${host} への TCP ポート 587（または 465）の通信を許可するよう、ネットワークの管理者またはホスティング事業者に依頼します。`,
    ),
    both(
      'Until then, send through an HTTPS interface of the mail provider, if the CRM can use one.',
      'それまでは、CRM が対応していれば、メールのプロバイダーの HTTPS による送信機能を利用します。',
    ),
    both(`Verify: nc -vz -w 5 ${host} 587.`, `確認: nc -vz -w 5 ${host} 587 を実行し、接続できることを確認します。`),
  ],
});
