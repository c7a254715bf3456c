import { describe, expect, test } from '@jest/globals';
import { headerOf, likeness } from '../../../src/sync/propose/header.ts';

const like = (one: string, other: string): number => likeness(headerOf(one), headerOf(other));

describe('headers', () => {
  test.each([
    ['氏名', 'full_name'],
    ['name', 'お名前'],
    ['電話番号', 'tel'],
    ['Phone', '電話'],
    ['phone_number', 'telNo'],
    ['携帯電話', 'MobilePhone'],
    ['mobilephone', '携帯番号'],
    ['メールアドレス', 'email'],
    ['E-Mail', 'emailaddress1'],
    ['会社名', 'company'],
    ['AccountName', '取引先名'],
    ['郵便番号', 'zip'],
    ['postal_code', 'ZipCode'],
    ['住所', 'Address'],
    ['請求先住所', 'billing_address'],
    ['BillingPostalCode', '請求先郵便番号'],
    ['配送先住所', 'shippingAddress'],
    ['更新日時', 'updated_at'],
    ['LastModifiedDate', '最終更新日時'],
    ['modified', '更新日'],
    ['write_date', 'updatedAt'],
    ['作成日時', 'CreatedDate'],
    ['createdate', '登録日'],
    ['担当者', 'owner'],
    ['OwnerId', '所有者'],
    ['生年月日', 'birthday'],
    ['顧客番号', 'customer_id'],
    ['ＴＥＬ', 'tel'],
    ['Customer_Code__c', '顧客コード'],
    ['姓', 'last_name'],
    ['フリガナ', 'kana'],
    ['備考', 'notes'],
    ['ステータス', 'status'],
    ['ライフサイクルステージ', 'Lifecycle Stage'],
    ['金額（税抜）', 'amount'],
    ['contacts.email', 'メール'],
  ])('%s and %s mean the same', (one, other) => {
    expect(like(one, other)).toBeGreaterThanOrEqual(0.85);
    expect(like(other, one)).toBe(like(one, other));
  });

  test.each([
    ['携帯電話', 'phone'],
    ['請求先住所', 'shipping_address'],
    ['作成日時', 'updated_at'],
    ['氏名', 'フリガナ'],
    ['氏名', '会社名'],
    ['first_name', 'last_name'],
    ['phone', 'fax'],
    ['created_at', 'created_by'],
    ['電話番号', '郵便番号'],
    ['住所1', '住所2'],
    ['email', 'name'],
    ['顧客番号', '電話番号'],
    ['会社名', '会社住所'],
  ])('%s and %s do not', (one, other) => {
    expect(like(one, other)).toBeLessThan(0.75);
  });

  test('words that nobody knows are alike where they are the same', () => {
    expect(like('FooBar', 'foo_bar')).toBe(1);
    expect(like('foo', 'bar')).toBe(0);
    expect(like('', '')).toBe(0);
    expect(like('___', '---')).toBe(0);
    expect(headerOf('長'.repeat(100_000)).plain.length).toBeLessThanOrEqual(100);
  });
});
