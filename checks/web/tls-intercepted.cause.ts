import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';
import { webTlsOf } from '../crm/web-certificate.ts';
import { inspectingProduct } from '../tls/inspecting-products.ts';
import { webCertificate } from './web-tls.ts';

export const crmIntercepted = connectCause({
  id: 'tls.intercepted',
  title: both(
    'A security product opens the encrypted connection to the CRM',
    'セキュリティ製品が CRM への暗号化通信を開いています',
  ),
  about: both(
    'Between this machine and the CRM stands a product that opens encrypted connections to look inside, and shows a certificate of its own in place of the CRM. Browsers in the company trust it, programs without its root certificate do not.',
    'このマシンと CRM の間に、暗号化通信を開いて検査する製品があり、CRM の代わりに独自の証明書を見せています。社内のブラウザーは信頼するよう設定されていますが、そのルート証明書を持たないプログラムは接続を拒否します。',
  ),
  owner: 'network-admin',
  confidence: 0.95,
  more: (failed) => {
    const chain = webTlsOf(failed.fact)?.done.chain ?? [];
    return { ...webCertificate()(failed), by: inspectingProduct(chain) ?? '' };
  },
  seen: ({ issuer }) => [both(`the certificate comes from "${issuer}"`, `証明書の発行元は「${issuer}」です`)],
  ruledOut: () => [
    ruledOut(
      'tls.unknown-issuer',
      'the issuer bears the name of an inspecting product',
      '発行元は、通信を検査する製品の名前です',
    ),
  ],
  because: ({ host, port, issuer, by }) =>
    both(
      `The certificate that comes for ${host}:${port} is made by ${by} ("${issuer}"), which stands between.`,
      `${host}:${port} の証明書として、途中にある ${by} の証明書（${issuer}）が返ってきています。`,
    ),
  steps: ({ host, by, path }) => [
    both(
      `Let ${by} leave connections to ${host} alone (an exception of the TLS inspection).`,
      `${by} の TLS 検査の対象から ${host} を除外します。`,
    ),
    both(
      `Or name the root certificate of ${by} at ${path}.ca, and install it where the integrations run.`,
      `または、${by} のルート証明書を ${path}.ca に指定し、連携を動かすマシンにも登録します。`,
    ),
  ],
});
