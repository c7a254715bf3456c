import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import { microsoftRole } from './oauth.ts';
import type { Refused } from './refusals.ts';
import { firstPlace, loginFact, saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

interface AppPermission extends Refused {
  readonly app: string;
  readonly roles: readonly string[];
  /** The role that this protocol needs. */
  readonly wanted: string;
}

const appOf = (detail: Refused, evidence: Evidence): Pick<AppPermission, 'app' | 'roles' | 'wanted'> => {
  const { protocol } = firstPlace(detail);
  const claims = loginFact(evidence, protocol)?.token?.claims;
  return { app: claims?.app ?? '', roles: claims?.roles ?? [], wanted: microsoftRole[protocol] };
};

const holds = ({ roles, wanted }: AppPermission): boolean => roles.includes(wanted);

export const oauthAppPermission = defineCause<AppPermission>({
  id: 'auth.oauth-app-permission',
  title: both(
    "The app's own OAuth token is not admitted to the mailbox",
    'アプリ専用の OAuth トークンに、メールボックスの権限がありません',
  ),
  about: both(
    'An app can get a token of its own, without a user (client credentials, "app-only"): it has roles in place of scopes. Exchange Online then wants three things: the role of the protocol with admin consent, the app registered in Exchange as a service principal, and the right to this mailbox for it. A token alone is not enough, and the sign-in looks right until the mailbox is opened.',
    'アプリは、ユーザーなしで自分専用のトークンを取得できます（クライアント資格情報、アプリ専用）。この場合はスコープの代わりにロールを持ちます。Exchange Online では、プロトコルごとのロールと管理者の同意、Exchange へのサービス プリンシパルの登録、対象メールボックスへの権限の付与の 3 つが必要です。トークンだけでは足りず、メールボックスを開くまでは正常に見えることがあります。',
  ),
  explain: (evidence, subject) =>
    saysSo('auth.oauth-app-permission', evidence, subject).map((finding) => ({
      ...finding,
      detail: { ...finding.detail, ...appOf(finding.detail, evidence) },
    })),
  owner: 'mail-admin',
  because: (detail) => {
    const where = placesText(detail.places);
    const has = detail.roles.join(' ');
    return holds(detail)
      ? both(
          `The token is one of the app ${detail.app} itself, without a user; it has the role ${detail.wanted}, but the app is not admitted to ${detail.username} at ${where.en}: "${detail.says}".`,
          `トークンはユーザーではなくアプリ ${detail.app} 自身のものです。ロール ${detail.wanted} はありますが、${where.ja} は ${detail.username} へのアクセスを許可していません。応答は「${detail.says}」です。`,
        )
      : both(
          `The token is one of the app ${detail.app} itself, without a user, and its roles (${has}) do not include ${detail.wanted}. ${detail.username} is refused at ${where.en}: "${detail.says}".`,
          `トークンはユーザーではなくアプリ ${detail.app} 自身のもので、ロール (${has}) に ${detail.wanted} が含まれていません。${where.ja} が ${detail.username} へのアクセスを拒否しました。応答は「${detail.says}」です。`,
        );
  },
  steps: (detail) => [
    ...(holds(detail)
      ? []
      : [
          both(
            `In the Entra admin center open App registrations > ${detail.app} > API permissions > Add > APIs my organization uses > Office 365 Exchange Online > Application permissions, add ${detail.wanted}, and grant admin consent.`,
            `Entra 管理センターの［アプリの登録］> ${detail.app} >［API のアクセス許可］>［追加］>［所属する組織で使用している API］>［Office 365 Exchange Online］>［アプリケーションの許可］で ${detail.wanted} を追加し、管理者の同意を与えます。`,
          ),
        ]),
    both(
      `In Exchange Online PowerShell register the app: New-ServicePrincipal -AppId ${detail.app} -ObjectId OBJECT_ID, with the object id from Enterprise applications (not from App registrations).`,
      `Exchange Online PowerShell でアプリを登録します: New-ServicePrincipal -AppId ${detail.app} -ObjectId OBJECT_ID（オブジェクト ID は［アプリの登録］ではなく［エンタープライズ アプリケーション］のものを使います）。`,
    ),
    both(
      `Give it the mailbox: Add-MailboxPermission -Identity ${detail.username} -User OBJECT_ID -AccessRights FullAccess.`,
      `メールボックスの権限を付与します: Add-MailboxPermission -Identity ${detail.username} -User OBJECT_ID -AccessRights FullAccess`,
    ),
    both(
      'Rights take up to an hour to arrive; check again then.',
      '権限の反映には最大 1 時間ほどかかります。そのあとで、もう一度検査します。',
    ),
  ],
});
