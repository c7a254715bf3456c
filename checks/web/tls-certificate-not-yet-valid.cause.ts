import { both } from '../auth/words.ts';
import { connectCause } from '../crm/connect-cause.ts';
import { dayOf } from '../tls/views.ts';
import { inspectWeb, notMismatch, reloadWeb, webCertificate } from './web-tls.ts';

export const crmCertificateNotYetValid = connectCause({
  id: 'tls.certificate-not-yet-valid',
  title: both(
    "The certificate of the CRM's web server is not valid yet",
    'CRM の Web サーバーの証明書がまだ有効になっていません',
  ),
  about: both(
    'The first day of the certificate of the web server is still to come by the clock of this machine. It was installed too early, was made on a machine whose clock is ahead, or the clock of this machine is behind.',
    'このマシンの時計では、Web サーバーの証明書の有効期間がまだ始まっていません。設置が早すぎた、時計の進んだマシンで作成された、このマシンの時計が遅れている、のいずれかです。',
  ),
  owner: 'crm-admin',
  confidence: 0.88,
  more: webCertificate(
    ({ done, leaf, at }) => done.chain.find(({ notBefore }) => Date.parse(notBefore) > Date.parse(at)) ?? leaf,
  ),
  seen: ({ notBefore, at }) => [
    both(`notBefore ${notBefore}, now it is ${at}`, `有効期間の開始 (notBefore) ${notBefore}、現在時刻 ${at}`),
  ],
  ruledOut: (_, failed) => notMismatch(failed),
  because: ({ host, port, notBefore, at }) =>
    both(
      `The certificate of ${host}:${port} is valid only from ${dayOf(notBefore)}; this machine's clock says ${at}.`,
      `${host}:${port} の証明書が有効になるのは ${dayOf(notBefore)} からです（このマシンの時計は ${at}）。`,
    ),
  steps: ({ host, port, notBefore }) => [
    both(
      'See whether the clock of this machine is right: timedatectl.',
      'このマシンの時計が正しいか確認します: timedatectl。',
    ),
    both(
      `If it is: put the former certificate of ${host} back until ${dayOf(notBefore)}, or have a new one issued.`,
      `正しい場合は、${dayOf(notBefore)} まで ${host} の証明書を以前のものに戻すか、発行し直します。`,
    ),
    reloadWeb,
    both(
      `Verify: ${inspectWeb({ host, port }, 'openssl x509 -noout -dates')}.`,
      `確認: ${inspectWeb({ host, port }, 'openssl x509 -noout -dates')} を実行し、有効期間を確認します。`,
    ),
  ],
});
