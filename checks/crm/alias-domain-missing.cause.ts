import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const aliasDomainMissing = loggedCause({
  id: 'crm.alias-domain-missing',
  title: both(
    'The catch-all or bounce address of the CRM does not exist at the mail server',
    'CRM のキャッチオールや返送先のアドレスがメールサーバーにありません',
  ),
  about: both(
    'A CRM such as Odoo writes addresses of its own into outgoing mail: replies go to catchall@ or an alias, bounces to bounce@ of its alias domain. These addresses have to exist at the mail server and lead into the mailbox that the CRM fetches. Where they do not, the server refuses replies and bounces with "User unknown", and the customer gets an error.',
    'Odoo などの CRM は、送信メールに自分用のアドレスを書き込みます。返信は catchall@ やエイリアス、配送エラーは bounce@ に戻る仕組みです。これらのアドレスがメールサーバーに存在し、CRM が取り込むメールボックスに届く必要があります。存在しないと、サーバーは返信や配送エラーを「User unknown」で拒否し、顧客にエラーが返ります。',
  ),
  owner: 'mail-admin',
  means: () =>
    both(
      "The mail server refuses mail to the CRM's own reply or bounce address.",
      'CRM の返信用または返送用のアドレス宛てのメールを、メールサーバーが拒否しています。',
    ),
  steps: ({ place }) => [
    both(`Take the refused address from ${place}.`, `拒否されたアドレスを ${place} で確認します。`),
    both(
      'Create it at the mail server as an alias of the mailbox that the CRM fetches, or let a catch-all of the domain lead there. bounce+NUMBER addresses need the "+" form (recipient_delimiter = + in Postfix).',
      'CRM が取り込むメールボックスのエイリアスとしてメールサーバーに作成するか、ドメインのキャッチオールをそこに向けます。bounce+番号の形も使われるため、「+」の拡張が必要です（Postfix では recipient_delimiter = +）。',
    ),
    both(
      'Or correct the alias domain in the CRM, when replies are to go to another domain (Odoo: Settings > Alias Domain).',
      '返信先を別のドメインにする場合は、CRM のエイリアスドメインを直します（Odoo は［設定］→［エイリアスドメイン］）。',
    ),
    both(
      'Answer a message of the CRM from outside: the reply must appear at its record.',
      '外部から CRM のメールに返信し、レコードに表示されることを確認します。',
    ),
  ],
});
