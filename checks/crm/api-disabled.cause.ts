import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { connectCause, itSaid, ruledOut } from './connect-cause.ts';
import { placesOf } from './product-places.ts';

/** `hint`: what exactly is lacking (a permission, a version that is not retired), where its connector knows it. */
export const crmApiDisabled = connectCause<{ readonly hint?: Text }>({
  id: 'crm.api-disabled',
  title: both('The API of the CRM is switched off', 'CRM の API が無効になっています'),
  about: both(
    'The CRM is there, and its interface for other programs (the API) is not: its module is not switched on, the edition or the subscription does not hold it, a key file is missing on the server, or a web server in front does not let its path through. People work in the CRM as always, integrations fail.',
    'CRM 自体は動いていますが、ほかのプログラム用の窓口（API）が使えません。モジュールが有効になっていない、契約プランに含まれていない、サーバーに鍵ファイルがない、前段の Web サーバーがそのパスを通さない、のいずれかです。画面からは普段どおり使えるのに、連携だけが失敗します。',
  ),
  owner: 'crm-admin',
  confidence: 0.93,
  more: ({ failure: { needs } }) => (needs ? { hint: needs } : {}),
  ruledOut: () => [
    ruledOut('crm.wrong-url', 'the product itself answers at this address', 'このアドレスで製品自体は応答しています'),
    ruledOut('crm.auth-failed', 'no login came into question', 'ログイン以前の段階です'),
  ],
  because: (detail) => {
    const said = itSaid(detail);
    return both(
      `${detail.product} answers at ${detail.url}, but its API is switched off or kept away.${said.en}`,
      `${detail.url} で ${detail.product} は応答していますが、API が無効か、通信が通されていません。${said.ja}`,
    );
  },
  steps: ({ product, type, hint }) => {
    if (hint) return [both(`What is missing: ${hint.en}.`, `足りないもの: ${hint.ja}。`)];
    const { api } = placesOf(type);
    return [
      both(`Switch it on: ${api.en}.`, `API を有効にします: ${api.ja}。`),
      both(
        `See whether your edition or subscription of ${product} holds the API.`,
        `ご利用の ${product} の契約プランに API が含まれるか確認します。`,
      ),
    ];
  },
});
