import type { CrmRefusal } from '../../model/sync/source.ts';
import type { Text } from '../../model/text.ts';

/** Why a CRM gives no records, and what to do next. */
export const crmRefusalWords: Readonly<Record<CrmRefusal, { readonly says: Text; readonly next: Text }>> = {
  tls: {
    says: { en: 'no TLS connection stands', ja: 'TLS で接続できません' },
    next: { en: 'check its certificate', ja: 'サーバー証明書を確認してください' },
  },
  timeout: {
    says: { en: 'no whole answer came in time', ja: '時間内に応答が届きませんでした' },
    next: { en: 'try again later', ja: '時間をおいて実行してください' },
  },
  redirected: {
    says: { en: 'it leads to another address', ja: '別のアドレスに転送されます' },
    next: { en: 'state its address of today', ja: '現在のアドレスを指定してください' },
  },
  'login-page': {
    says: { en: 'a page to log in came instead of records', ja: 'レコードの代わりにログイン画面が返りました' },
    next: {
      en: 'check its address, and whether a proxy or single sign-on stands before its API',
      ja: 'アドレスと、API の前にプロキシやシングルサインオンがないか確認してください',
    },
  },
  'not-this-crm': {
    says: { en: 'there is no API of this CRM', ja: 'この CRM の API がありません' },
    next: { en: 'check its address and type', ja: 'アドレスと種類を確認してください' },
  },
  'api-off': {
    says: { en: 'its API is switched off', ja: 'API が無効になっています' },
    next: { en: 'let its administrator switch it on', ja: '管理者に有効化を依頼してください' },
  },
  'key-expired': {
    says: { en: 'its key or token is no longer valid', ja: 'API キーまたはトークンの有効期限が切れています' },
    next: { en: 'make a new one', ja: '新しく発行してください' },
  },
  'locked-out': {
    says: { en: 'the account is locked', ja: 'アカウントがロックされています' },
    next: { en: 'wait, or let its administrator unlock it', ja: '時間をおくか、管理者に解除を依頼してください' },
  },
  'wrong-database': {
    says: { en: 'it has no such database', ja: '指定のデータベースがありません' },
    next: { en: 'check the name of the database', ja: 'データベース名を確認してください' },
  },
  'not-found': {
    says: { en: 'it has no such object or field', ja: '指定のオブジェクトまたは項目がありません' },
    next: { en: 'check the name, as its API calls it', ja: 'API での名前を確認してください' },
  },
  maintenance: {
    says: { en: 'it is being maintained', ja: 'メンテナンス中です' },
    next: { en: 'try again later', ja: '時間をおいて実行してください' },
  },
  'server-error': {
    says: { en: 'its server failed', ja: 'サーバーでエラーが起きました' },
    next: { en: 'try again, and look into its log', ja: 'もう一度実行し、サーバーのログを確認してください' },
  },
  malformed: {
    says: { en: 'its answer is no list of records', ja: '応答がレコードの形式ではありません' },
    next: {
      en: 'look at what stands before it (proxy, firewall), and into its log',
      ja: '途中のプロキシやファイアウォールと、サーバーのログを確認してください',
    },
  },
  clock: {
    says: { en: 'the clocks differ', ja: '時計がずれています' },
    next: { en: 'set the clock of this machine', ja: 'このマシンの時刻を合わせてください' },
  },
  config: {
    says: { en: 'a key of its configuration is missing or wrong', ja: '設定のキーが足りないか、誤っています' },
    next: { en: 'correct the configuration', ja: '設定を直してください' },
  },
};
