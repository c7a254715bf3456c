import type { DiscoveryAnswer } from '../model/discovery-facts.ts';
import type { HostCandidate } from '../model/dns-facts.ts';
import type { Text } from '../model/text.ts';

/** What speaks for a server, in words. */
export const groundWords: Readonly<Record<HostCandidate['from'], Text>> = {
  srv: { en: 'SRV record of the domain', ja: 'ドメインの SRV レコード' },
  autoconfig: { en: 'autoconfig file', ja: 'autoconfig（自動設定ファイル）' },
  autodiscover: { en: 'Autodiscover', ja: 'Autodiscover（自動検出）' },
  provider: { en: 'table of providers', ja: 'プロバイダー一覧' },
  certificate: { en: 'name in the certificate', ja: '証明書に書かれた名前' },
  name: { en: 'usual name (a guess)', ja: 'よくある名前（推測）' },
  mx: { en: 'MX record (a guess)', ja: 'MX レコード（推測）' },
};

/** What one place said, in a few words. */
export const answerWords = ({ result }: DiscoveryAnswer): Text => {
  switch (result.kind) {
    case 'found':
      return { en: `${result.services.length} servers`, ja: `サーバー ${result.services.length} 件` };
    case 'login-wanted':
      return {
        en: 'answers only after a login, and no password is sent there',
        ja: 'ログインしないと応答しません（パスワードは送っていません）',
      };
    case 'none':
      return { en: `nothing (${result.code})`, ja: `なし (${result.code})` };
    case 'unreadable':
      return { en: `unreadable (${result.says})`, ja: `読み取れません (${result.says})` };
  }
};
