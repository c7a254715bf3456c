import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';
import { inspectWeb, reloadWeb, webCertificate } from './web-tls.ts';

export const crmIncompleteChain = connectCause({
  id: 'tls.incomplete-chain',
  title: both(
    "The CRM's web server does not send its intermediate certificate",
    'CRM の Web サーバーが中間証明書を送っていません',
  ),
  about: both(
    'The certificate was signed by an intermediate certificate, which the web server has to send along and does not. Browsers fetch the missing part by themselves, integrations do not: hence the CRM opens in a browser and no program gets in.',
    '証明書に署名した中間証明書を、Web サーバーが送っていません。ブラウザーは足りない証明書を自動で取得しますが、連携プログラムは取得しません。そのため、ブラウザーでは CRM を開けるのに、プログラムからは接続できません。',
  ),
  owner: 'crm-admin',
  confidence: ({ by }) => (by === undefined ? 0.85 : 0.98),
  more: webCertificate(),
  seen: ({ sent, issuer, by }) => [
    both(
      `${sent} certificate(s) sent, the one of "${issuer}" is missing`,
      `送られた証明書は ${sent} 枚で、「${issuer}」の証明書がありません`,
    ),
    ...(by === undefined
      ? []
      : [both(`with the certificate from ${by} it is trusted`, `${by} の証明書で補うと、信頼されます`)]),
  ],
  ruledOut: ({ by, issuer }) => [
    by === undefined
      ? ruledOut('tls.unknown-issuer', `"${issuer}" is a public authority`, `「${issuer}」は公的な認証局です`)
      : ruledOut(
          'tls.unknown-issuer',
          'with the missing certificate it is trusted',
          '足りない証明書を補うと、信頼されます',
        ),
  ],
  because: ({ host, port, issuer }) =>
    both(
      `${host}:${port} shows its certificate without the intermediate "${issuer}".`,
      `${host}:${port} は、中間証明書「${issuer}」を送っていません。`,
    ),
  steps: ({ host, port }) => [
    both(
      'Enter the file with the whole chain in the web server (nginx: ssl_certificate with fullchain.pem; Apache 2.4.8 and later: SSLCertificateFile with fullchain.pem, before that SSLCertificateChainFile).',
      'Web サーバーに、チェーン全体を含むファイルを設定します（nginx は ssl_certificate に fullchain.pem、Apache 2.4.8 以降は SSLCertificateFile に fullchain.pem、それより前は SSLCertificateChainFile）。',
    ),
    reloadWeb,
    both(
      `Verify: ${inspectWeb({ host, port }, 'grep "Verify return code"')} must show 0 (ok).`,
      `確認: ${inspectWeb({ host, port }, 'grep "Verify return code"')} を実行し、0 (ok) と表示されることを確認します。`,
    ),
  ],
});
