import { sameProduct } from '../../src/reason/web-products.ts';
import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from './connect-cause.ts';
import { pageIn } from './connect-root.ts';
import { placesOf } from './product-places.ts';

interface Wrong {
  readonly how: 'other-product' | 'other-path' | 'http' | 'https' | 'no-api';
  /** Who answers there. */
  readonly answers?: string;
  readonly status?: number;
  /** What should be tried. */
  readonly right?: string;
}

const turned = (url: string, scheme: 'http' | 'https'): string => url.replace(/^https?:/i, `${scheme}:`);

export const crmWrongUrl = connectCause<Wrong>({
  id: 'crm.wrong-url',
  title: both('This is not the address of the CRM', 'CRM のアドレスが違います'),
  about: both(
    'Something answers at the configured address, but not the API of this CRM: another product, the first page of a bare web server, the CRM under another path of the same host, or HTTP where HTTPS is spoken. It happens after a move, with addresses copied out of the browser (which hold the path of a page), and when two systems share a host.',
    '設定されたアドレスで何かが応答していますが、この CRM の API ではありません。別の製品、設定前の Web サーバーの初期ページ、同じホストの別のパスにある CRM、https と http の取り違えのいずれかです。移転のあとや、ブラウザーからコピーしたアドレス（画面のパスを含む）を使ったとき、1 台に複数のシステムがあるときによく起こります。',
  ),
  owner: 'user',
  confidence: ({ how, right }) => (how === 'no-api' ? 0.8 : right === undefined ? 0.9 : 0.97),
  more: ({ fact, failure }) => {
    const { reach, type, url } = fact;
    const page = pageIn(reach);
    if (reach?.inClear === true) return { how: 'http', right: turned(url, 'http') };
    if (page?.says === 'wants-tls') return { how: 'https', right: turned(url, 'https') };
    const status = page?.status ?? failure.status;
    const shown = status === undefined ? {} : { status };
    const right = failure.location ?? reach?.elsewhere[0]?.url;
    const stranger = page?.product && !sameProduct(page.product.id, type) ? page.product.name : undefined;
    const answers = stranger ?? page?.title ?? page?.generator ?? page?.server;
    const who = answers === undefined ? {} : { answers };
    if (right !== undefined) return { how: 'other-path', right, ...who, ...shown };
    return stranger === undefined ? { how: 'no-api', ...who, ...shown } : { how: 'other-product', ...who, ...shown };
  },
  seen: ({ how, right, answers, status, product }) => [
    ...(how === 'other-path'
      ? [both(`${product} answers at ${right ?? ''}`, `${right ?? ''} では ${product} が応答します`)]
      : []),
    ...(answers === undefined
      ? []
      : [
          both(
            `the page at the configured address: ${answers}${status === undefined ? '' : ` (HTTP ${status})`}`,
            `設定のアドレスの画面: ${answers}${status === undefined ? '' : `（HTTP ${status}）`}`,
          ),
        ]),
  ],
  ruledOut: () => [
    ruledOut('crm.unreachable', 'something answers at this address', 'このアドレスでは何かが応答しています'),
    ruledOut(
      'crm.api-disabled',
      'nothing of this product was seen at this address',
      'このアドレスでは、この製品の応答を確認できません',
    ),
  ],
  because: ({ how, url, product, answers, right }) => {
    switch (how) {
      case 'http':
        return both(
          `${url} is not encrypted: plain HTTP answers at this door, and the settings say https.`,
          `${url} の接続先は、https ではなく暗号化なしの http で応答しています。`,
        );
      case 'https':
        return both(
          `At ${url} the server wants an encrypted connection: it has to be https.`,
          `${url} の接続先は暗号化された接続を求めています。http ではなく https で指定します。`,
        );
      case 'other-path':
        return both(
          `The API of ${product} is not at ${url}, but ${product} answers at ${right ?? ''}.`,
          `${url} に ${product} の API はありませんが、${right ?? ''} で ${product} が応答しています。`,
        );
      case 'other-product':
        return both(
          `At ${url} answers ${answers ?? ''}, not ${product}.`,
          `${url} で応答しているのは ${product} ではなく、${answers ?? ''} です。`,
        );
      case 'no-api':
        return both(
          `At ${url} a web server answers, but there is no API of ${product}.`,
          `${url} の Web サーバーは応答していますが、${product} の API がありません。`,
        );
    }
  },
  steps: ({ how, path, right, type, product }) => {
    const { address, api } = placesOf(type);
    const look = both(
      `Open ${product} in a browser, and copy the address up to the host (and the folder in which it is installed): ${address.en}.`,
      `ブラウザーで ${product} を開き、ホスト名（とインストール先のフォルダー）までのアドレスを確認します: ${address.ja}。`,
    );
    const enter =
      right === undefined
        ? both(`Enter it at ${path}.url.`, `${path}.url に設定します。`)
        : both(`Set ${path}.url to ${right}.`, `${path}.url を ${right} に変更します。`);
    if (how === 'http') {
      return [
        both(
          'Better: switch TLS on in the web server (nginx: listen 443 ssl; Apache: SSLEngine on), since the key would else go over the network in clear.',
          'できれば Web サーバーで TLS を有効にします（nginx は listen 443 ssl、Apache は SSLEngine on）。http のままでは、キーが暗号化されずに流れます。',
        ),
        both(
          `Only within one machine or a closed network: set ${path}.url to ${right ?? ''}.`,
          `同じマシンや閉じたネットワークの中だけで使う場合は、${path}.url を ${right ?? ''} に変更します。`,
        ),
      ];
    }
    if (how === 'no-api') {
      return [
        look,
        enter,
        both(`If the address is right: ${api.en}.`, `アドレスが正しい場合は、API を確認します: ${api.ja}。`),
      ];
    }
    return right === undefined ? [look, enter] : [enter];
  },
});
