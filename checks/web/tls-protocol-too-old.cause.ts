import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';
import { reloadWeb, webCertificate } from './web-tls.ts';

export const crmProtocolTooOld = connectCause({
  id: 'tls.protocol-too-old',
  title: both(
    "The CRM's web server speaks only obsolete versions of TLS",
    'CRM の Web サーバーが古い TLS にしか対応していません',
  ),
  about: both(
    'TLS 1.0 and 1.1 are obsolete (RFC 8996): browsers and programs of today refuse them. The web server of the CRM offers nothing newer, because it is old or its settings name the versions one by one.',
    'TLS 1.0 と 1.1 は廃止されており (RFC 8996)、現在のブラウザーやプログラムは接続しません。CRM の Web サーバーが古いか、設定で古いバージョンだけが指定されています。',
  ),
  owner: 'crm-admin',
  confidence: 0.96,
  more: webCertificate(),
  seen: ({ version }) => [both(`the newest that it takes is ${version}`, `対応している最新は ${version} です`)],
  ruledOut: () => [ruledOut('tls.self-signed', 'its certificate is trusted', '証明書は信頼されています')],
  because: ({ host, port, version }) =>
    both(
      `${host}:${port} takes nothing newer than ${version}.`,
      `${host}:${port} は ${version} までにしか対応していません。`,
    ),
  steps: () => [
    both(
      'Allow TLS 1.2 and 1.3 in the web server (nginx: ssl_protocols TLSv1.2 TLSv1.3; Apache: SSLProtocol -all +TLSv1.2 +TLSv1.3); where it knows neither, update it and OpenSSL.',
      'Web サーバーで TLS 1.2 と 1.3 を有効にします（nginx は ssl_protocols TLSv1.2 TLSv1.3、Apache は SSLProtocol -all +TLSv1.2 +TLSv1.3）。対応していない場合は、Web サーバーと OpenSSL を更新します。',
    ),
    reloadWeb,
  ],
});
