import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';
import { inspectWeb, reloadWeb, webCertificate } from './web-tls.ts';

export const crmHostnameMismatch = connectCause({
  id: 'tls.hostname-mismatch',
  title: both(
    "The certificate of the CRM's web server is for another name",
    'CRM の Web サーバーの証明書が別の名前のものです',
  ),
  about: both(
    'The certificate lists the names for which it was issued, and the host of the configured address is not among them. Either the address is a second name of the server (a short name, an IP address, the former domain), or the web server shows the certificate of another site, its first one, because no site is set up for this name.',
    '証明書には発行対象の名前が書かれていますが、設定のアドレスのホスト名がその中にありません。アドレスがサーバーの別名（短い名前、IP アドレス、以前のドメイン）か、この名前のサイトが Web サーバーに設定されておらず、別のサイトの証明書が使われています。',
  ),
  owner: ({ names }) => (names.length > 0 ? 'user' : 'crm-admin'),
  confidence: 0.97,
  more: webCertificate(),
  seen: ({ names, host, subject }) => [
    both(
      `the certificate names ${names.join(', ') || subject}, not ${host}`,
      `証明書の名前は ${names.join('、') || subject} で、${host} が含まれていません`,
    ),
  ],
  ruledOut: () => [ruledOut('tls.certificate-expired', 'its dates are right', '有効期間内です')],
  because: ({ host, port, names, subject, untrusted }) => {
    const also =
      untrusted === undefined
        ? both('', '')
        : both(` It is not trusted either (${untrusted}).`, `また、信頼された証明書でもありません (${untrusted})。`);
    return both(
      `The certificate of ${host}:${port} is for ${names.join(', ') || subject}, not for ${host}.${also.en}`,
      `${host}:${port} の証明書は ${names.join('、') || subject} 用で、${host} 用ではありません。${also.ja}`,
    );
  },
  steps: ({ host, port, names, path }) => [
    both(
      `If people open the CRM under ${names[0] ?? 'another name'}: enter that name at ${path}.url.`,
      `普段 ${names[0] ?? '別の名前'} で CRM を開いている場合は、その名前を ${path}.url に設定します。`,
    ),
    both(
      `Else: have a certificate issued that names ${host} (certbot --nginx -d ${host}), and set up the site of this name (nginx: server_name; Apache: ServerName).`,
      `それ以外の場合は、${host} を含む証明書を取得し（certbot --nginx -d ${host}）、この名前のサイトに設定します（nginx は server_name、Apache は ServerName）。`,
    ),
    reloadWeb,
    both(
      `Verify: ${inspectWeb({ host, port }, 'openssl x509 -noout -ext subjectAltName')} must show ${host}.`,
      `確認: ${inspectWeb({ host, port }, 'openssl x509 -noout -ext subjectAltName')} を実行し、${host} が表示されることを確認します。`,
    ),
  ],
});
