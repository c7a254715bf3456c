import type { CrmFailure } from '../../src/model/crm/failure.ts';
import type { Text } from '../../src/model/text.ts';

const heads: Readonly<Record<CrmFailure['kind'], Text>> = {
  unreachable: { en: 'the CRM does not answer', ja: 'CRM から応答がありません' },
  tls: { en: 'no secure connection to the CRM', ja: 'CRM への暗号化された接続ができません' },
  timeout: { en: 'the answer did not come in time', ja: '時間内に応答がありませんでした' },
  redirected: { en: 'the address leads to another host', ja: 'アドレスが別のホストに転送されます' },
  'login-page': {
    en: 'a login page came where data was asked for',
    ja: 'データの代わりにログイン画面が返ってきました',
  },
  'not-this-crm': {
    en: 'there is no API of this CRM at this address',
    ja: 'このアドレスに、この CRM の API がありません',
  },
  'api-off': { en: 'the API is switched off', ja: 'API が無効になっています' },
  auth: { en: 'the login is refused', ja: 'ログインが拒否されました' },
  'key-expired': { en: 'the key or token has expired', ja: 'キーまたはトークンの期限が切れています' },
  'locked-out': { en: 'the account is locked for now', ja: 'アカウントが一時的にロックされています' },
  'wrong-database': { en: 'there is no such database', ja: 'そのデータベースはありません' },
  permission: { en: 'the API user may not read this', ja: 'API ユーザーに読み取りの権限がありません' },
  'not-found': { en: 'the API does not have this', ja: 'API に該当するものがありません' },
  'rate-limited': { en: 'the limit of the API is reached', ja: 'API の利用上限に達しています' },
  maintenance: { en: 'the CRM is being maintained', ja: 'CRM がメンテナンス中です' },
  'server-error': { en: 'the CRM itself failed', ja: 'CRM 自体の処理が失敗しました' },
  malformed: { en: 'the answer cannot be read', ja: '応答を読み取れません' },
  'too-large': { en: 'the answer is too large', ja: '応答が大きすぎます' },
  clock: { en: 'the clocks differ too much', ja: '時計のずれが大きすぎます' },
  config: { en: 'a setting is missing or cannot be used', ja: '設定が不足しているか、使えない値です' },
};

/** What happened, in one sentence; the server's own words at its end. */
export const failureWords = ({ kind, status, code, says, needs, location }: CrmFailure): Text => {
  if (kind === 'not-this-crm' && location !== undefined) {
    return {
      en: `there is no API of this CRM at this address; it is at ${location}`,
      ja: `このアドレスに、この CRM の API はありません。API は ${location} にあります`,
    };
  }
  const head = heads[kind];
  const facts = [
    status === undefined ? undefined : `HTTP ${status}`,
    code !== undefined && says.includes(code) ? undefined : code,
    says === '' ? undefined : says,
    says.includes(location ?? ' ') ? undefined : location,
  ];
  const detail = [...new Set(facts.filter((one) => one !== undefined))].join(', ');
  const need = needs ? { en: `${needs.en}`, ja: `${needs.ja}` } : undefined;
  const tail = (wanted: string | undefined) => [wanted, detail === '' ? undefined : detail].filter(Boolean).join('; ');
  const [en, ja] = [tail(need?.en), tail(need?.ja)];
  return { en: en === '' ? head.en : `${head.en} (${en})`, ja: ja === '' ? head.ja : `${head.ja} (${ja})` };
};
