import { both } from '../auth/words.ts';
import { connectCause, itSaid, nothingMore, ruledOut } from './connect-cause.ts';

export const crmMaintenance = connectCause({
  id: 'crm.maintenance',
  title: both('The CRM is being maintained', 'CRM がメンテナンス中です'),
  about: both(
    'The CRM says that it is being maintained or upgraded and lets nobody in meanwhile. Usually it ends by itself. When it lasts for hours, an upgrade broke off half way, or somebody forgot to switch the mode off.',
    'CRM がメンテナンス中または更新中と応答し、その間はだれも利用できません。通常は自動的に終わります。何時間も続く場合は、更新が途中で止まっているか、メンテナンスモードの解除を忘れています。',
  ),
  owner: 'crm-admin',
  confidence: 0.94,
  more: nothingMore,
  ruledOut: () => [
    ruledOut('crm.server-error', 'it speaks of maintenance itself', 'CRM 自身がメンテナンス中と応答しています'),
  ],
  because: (detail) => {
    const said = itSaid(detail);
    return both(
      `${detail.product} at ${detail.url} says that it is being maintained.${said.en}`,
      `${detail.url} の ${detail.product} がメンテナンス中と応答しています。${said.ja}`,
    );
  },
  steps: ({ product }) => [
    both(
      `Look for an announcement (status page of the vendor, notice of your administrator) and wait for its end.`,
      'ベンダーの障害・メンテナンス情報や管理者からの連絡を確認し、終了を待ちます。',
    ),
    both(
      `If nobody knows of one: see on the server whether an upgrade of ${product} broke off, and switch the maintenance mode off (Frappe: bench set-maintenance-mode off; EspoCRM: Administration > Settings > Maintenance Mode).`,
      `予定がない場合は、サーバーで ${product} の更新が途中で止まっていないか確認し、メンテナンスモードを解除します（Frappe は bench set-maintenance-mode off、EspoCRM は［管理］→［設定］→［メンテナンスモード］）。`,
    ),
  ],
});
