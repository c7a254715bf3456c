import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { crmMailSettings } from './mail-settings.check.ts';
import { settingsSeen } from './settings-seen.ts';

interface Restricted {
  readonly product: string;
  readonly how:
    | { readonly kind: 'off'; readonly setting: string; readonly says: string }
    | { readonly kind: 'forced'; readonly account: string; readonly to: string };
  readonly place: Text;
}

export const outboundRestricted = defineCrmCause<Restricted>({
  id: 'crm.outbound-restricted',
  title: both('The CRM is kept from sending to its customers', 'CRM からお客様への送信が止められています'),
  about: both(
    'A copy of a CRM that is meant for tests must not write to customers. Sandboxes, neutralised databases and test settings therefore switch sending off as a whole, or lead all mail to one address. Where such a copy became the live system, or the setting was forgotten, everything looks right and no customer gets mail.',
    'テスト用の CRM がお客様にメールを送らないように、サンドボックス、無害化したデータベース、テスト用の設定では、送信全体を無効にするか、すべてのメールを 1 つのアドレスに送ります。その状態のまま本番で使ったり、設定を戻し忘れたりすると、設定は正しく見えるのに、お客様にはメールが届きません。',
  ),
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const seen = settingsSeen(evidence);
    if (!seen) return [];
    const { product } = seen.fact;
    const { outboundOff, accounts } = seen.settings;
    const finding = (detail: Restricted, says: Text) => ({
      detail,
      severity: 'critical' as const,
      confidence: 0.97,
      affects: [label, `${label} outgoing`],
      evidence: [{ check: crmMailSettings, says }],
    });
    return [
      ...(outboundOff
        ? [
            finding(
              {
                product,
                how: { kind: 'off', setting: outboundOff.setting, says: outboundOff.says },
                place: outboundOff.place,
              },
              both(`${outboundOff.setting} = ${outboundOff.says}`, `${outboundOff.setting} = ${outboundOff.says}`),
            ),
          ]
        : []),
      ...accounts.flatMap(({ enabled, name, place, forcedTo }) =>
        enabled && forcedTo !== undefined
          ? [
              finding(
                { product, how: { kind: 'forced', account: name, to: forcedTo }, place },
                both(`"${name}" sends everything to ${forcedTo}`, `「${name}」はすべてを ${forcedTo} に送ります`),
              ),
            ]
          : [],
      ),
    ];
  },
  because: ({ product, how }) =>
    how.kind === 'off'
      ? both(
          `Sending is switched off in ${product} as a whole (${how.setting} = ${how.says}), whatever the accounts say.`,
          `${product} 全体で送信が無効になっています（${how.setting} = ${how.says}）。アカウントの設定に関係なく、送信されません。`,
        )
      : both(
          `${product} sends all mail of "${how.account}" to ${how.to} in place of its recipients: a setting for tests.`,
          `${product} の「${how.account}」のメールは、本来の宛先ではなく、すべて ${how.to} に送られます。テスト用の設定です。`,
        ),
  steps: ({ product, how, place }) => [
    both(
      'Make sure first that this is the live system and not a copy for tests: a copy must not write to customers.',
      '先に、これが本番の CRM で、テスト用の複製ではないことを確認します。複製からお客様に送ってはいけません。',
    ),
    both(`In ${product}, open: ${place.en}.`, `${product} で次の画面を開きます: ${place.ja}。`),
    how.kind === 'off'
      ? both(`Take ${how.setting} back to where sending is allowed.`, `${how.setting} を、送信を許可する値に戻します。`)
      : both(`Remove the address ${how.to} there.`, `そこにあるアドレス ${how.to} を削除します。`),
    both(
      'Look into the outgoing queue before that: what has gathered there would all be sent at once.',
      '変更の前に送信待ちを確認します。たまっていたメールが一度に送信されます。',
    ),
  ],
});
