import type { Text } from '../../model/text.ts';

/** Menus below Settings > Technical, which Odoo shows in the developer mode only. */
const technical =
  (en: string, ja: string) =>
  (name?: string): Text => ({
    en: `Settings > Technical > ${en}${name === undefined ? '' : ` > ${name}`} (developer mode)`,
    ja: `設定 > 技術 > ${ja}${name === undefined ? '' : ` > ${name}`}（開発者モード）`,
  });

export const outgoingPlace = technical('Email > Outgoing Mail Servers', 'Eメール > 送信メールサーバ');
export const incomingPlace = technical('Email > Incoming Mail Servers', 'Eメール > 受信メールサーバ');
export const emailsPlace = technical('Email > Emails', 'Eメール > Eメール');
export const cronPlace = technical('Automation > Scheduled Actions', '自動化 > スケジュール済アクション');
export const actionPlace = technical('Actions > Server Actions', 'アクション > サーバアクション');
export const parameterPlace = technical('Parameters > System Parameters', 'パラメータ > システムパラメータ');

/** Called Automated Actions before 17. */
export const rulePlace = (major: number): ((name?: string) => Text) =>
  major < 17
    ? technical('Automation > Automated Actions', '自動化 > 自動アクション')
    : technical('Automation > Automation Rules', '自動化 > 自動化規則');
