import { both } from '../auth/words.ts';
import { connectCause } from '../crm/connect-cause.ts';
import { dayOf, daysBetween } from '../tls/views.ts';
import { inspectWeb, notMismatch, reloadWeb, webCertificate } from './web-tls.ts';

export const crmCertificateExpired = connectCause({
  id: 'tls.certificate-expired',
  title: both(
    "The certificate of the CRM's web server has expired",
    'CRM の Web サーバーの証明書の有効期限が切れています',
  ),
  about: both(
    'The certificate is the identity card of the web server, issued for a limited time. After its last day integrations refuse the connection, and browsers warn. Usually the automatic renewal failed, or the web server (nginx, Apache) was not reloaded after it.',
    '証明書は Web サーバーの身分証で、有効期限があります。期限を過ぎると、連携は接続を拒否し、ブラウザーは警告を表示します。多くの場合、自動更新の失敗か、更新後に Web サーバー（nginx、Apache）を再読み込みしていないことが原因です。',
  ),
  owner: 'crm-admin',
  confidence: 0.98,
  more: webCertificate(
    ({ done, leaf, at }) => done.chain.find(({ notAfter }) => Date.parse(notAfter) < Date.parse(at)) ?? leaf,
  ),
  seen: ({ notAfter }) => [both(`notAfter ${notAfter}`, `有効期限 (notAfter) ${notAfter}`)],
  ruledOut: (_, failed) => notMismatch(failed),
  because: ({ host, port, notAfter, at, subject }) =>
    both(
      `The certificate "${subject}" of ${host}:${port} ended on ${dayOf(notAfter)}, ${daysBetween(notAfter, at)} days ago.`,
      `${host}:${port} の証明書（${subject}）の有効期限が ${dayOf(notAfter)} に切れています（${daysBetween(notAfter, at)} 日前）。`,
    ),
  steps: ({ host, port }) => [
    both(
      `On ${host}: renew it (certbot renew, or at the issuer) and read why the renewal had failed.`,
      `${host} で証明書を更新し（certbot renew、または発行元で手続き）、更新に失敗していた理由を確認します。`,
    ),
    reloadWeb,
    both(
      `Verify: ${inspectWeb({ host, port }, 'openssl x509 -noout -enddate')}.`,
      `確認: ${inspectWeb({ host, port }, 'openssl x509 -noout -enddate')} を実行し、今日より後の日付が表示されることを確認します。`,
    ),
  ],
});
