/** What a word of a header means. Words of one meaning stand in one line; the longest that fits is taken. */
const meanings: Readonly<Record<string, string>> = {
  id: 'id ids code コード 番号 no number num key キー ナンバー uid uuid guid identifier 識別子 管理番号 ref',
  customer:
    'customer customers client 顧客 顧客様 お客様 会員 member contact contacts コンタクト 連絡先 取引先責任者 person 個人 user ユーザー lead リード partner record レコード data データ hs crm',
  name: 'name names 氏名 名前 お名前 姓名 名称 名 fullname displayname 担当者名 顧客名 会員名',
  first: 'first firstname given givenname forename 下の名前',
  last: 'last lastname family familyname surname 姓 苗字 名字',
  kana: 'kana カナ かな フリガナ ふりがな ヨミ よみ 読み ヨミガナ 読み仮名 furigana phonetic yomi',
  company:
    'company companies companyname accountname account organization organisation org corporation corp firm 会社 会社名 社名 貴社名 御社名 企業 企業名 法人 法人名 取引先 取引先名 勤務先 勤務先名 勤務先会社名 所属企業',
  email:
    'email emails mail emailaddress mailaddress メール メールアドレス eメール 電子メール メアド 電子メールアドレス',
  phone: 'phone phones tel telephone telno phonenumber telnumber 電話 電話番号 固定電話 お電話 お電話番号 テレ',
  mobile: 'mobile mobilephone cell cellphone cellular mobileno 携帯 携帯電話 携帯番号 携帯電話番号 ケータイ スマホ',
  fax: 'fax faxno faxnumber ファックス ファクス ファクシミリ fax番号',
  postcode: 'postcode postalcode zip zipcode zipno postal 郵便番号 郵便 〒',
  address: 'address addr 住所 所在地 ご住所',
  prefecture: 'prefecture pref state province region 都道府県 県',
  city: 'city town suburb locality municipality 市区町村 市町村 市',
  street: 'street line address1 street1 番地 町名番地 町域 丁目番地 町名',
  building: 'building apartment room address2 street2 建物 建物名 ビル名 マンション名',
  country: 'country nation 国 国名',
  billing: 'billing bill invoice 請求先 請求 請求書',
  shipping: 'shipping ship delivery deliver 配送先 配送 送付先 納品先 お届け先 届け先 出荷先',
  mailing: 'mailing 郵送先',
  home: 'home private 自宅',
  work: 'work business office 会社用 職場',
  amount: 'amount amt 金額 受注金額 取引金額 total 合計 合計金額 sum value',
  price: 'price unitprice 単価 価格',
  revenue: 'revenue sales turnover 売上 売上高 年商 売上金額',
  currency: 'currency 通貨',
  status: 'status state状態 stage phase 状態 状況 ステータス ステージ フェーズ 段階 進捗',
  lifecycle: 'lifecycle ライフサイクル',
  untaxed: '税抜 税抜き 税別',
  taxed: '税込 税込み',
  type: 'type kind category class 種別 区分 種類 カテゴリ カテゴリー 分類',
  industry: 'industry 業種 業界',
  owner:
    'owner ownerid assigned assignee assigneduser rep salesrep 担当 担当者 所有者 営業担当 営業担当者 担当営業 主担当 作業者',
  updated:
    'updated update updatedat modified modify modifiedon modifiedat lastmodified lastupdated lastupdate changed change mtime write modstamp systemmodstamp 更新 最終更新 変更 最終変更 修正',
  created:
    'created create createdat createdon creation add added entered registered registration ctime insert inserted 作成 登録 新規作成 追加 入会',
  by: 'by 者 人',
  deleted: 'deleted delete removed isdeleted archived 削除 論理削除',
  flag: 'flag is has フラグ',
  when: 'date time datetime timestamp at on day 日 日時 日付 時刻 年月日',
  birthday: 'birthday birthdate birth dob dateofbirth 生年月日 誕生日',
  gender: 'gender sex 性別',
  department: 'department dept division 部署 部署名 部門 所属 所属部署',
  title: 'title jobtitle position job role 役職 役職名 肩書 肩書き 職位',
  website: 'website web homepage url site ホームページ ウェブサイト サイト hp',
  notes: 'note notes memo memos remark remarks description desc comment comments 備考 メモ 説明 コメント 摘要 特記事項',
  source: 'source leadsource channel origin 流入元 獲得経路 経路 媒体',
  tags: 'tag tags label labels タグ ラベル',
  external: 'external ext foreign 外部',
  order: 'order orders 注文 受注 発注 オーダー',
  deal: 'deal opportunity 案件 商談 件名',
  product: 'product item 商品 製品 品名 商品名',
  quantity: 'quantity qty count 数量 個数',
  row: 'row rows lineno linenumber lineitem rowno rownumber seq seqno 行 行番号 明細 明細番号 明細行 明細行番号 枝番 連番',
};

/** Words that say little of what a column holds. */
const light: ReadonlySet<string> = new Set(['customer', 'when', 'flag', 'taxed', 'untaxed']);

const longest = 24;

const byWord: ReadonlyMap<string, string> = new Map(
  Object.entries(meanings).flatMap(([meaning, words]) => words.split(' ').map((word) => [word, meaning] as const)),
);

export const meaningOf = (word: string): string | undefined => byWord.get(word);

/** Words that are written without anything between them: `mobilephone`, `請求先住所`. Undefined where not all of it is known. */
export const segmented = (run: string): readonly string[] | undefined => {
  const least = /^[a-z]/.test(run) ? 2 : 1;
  // From the end, what follows a word is known before the word is; the longest words are preferred.
  const found: (readonly string[] | undefined)[] = Array(run.length).fill(undefined);
  found.push([]);
  for (let at = run.length - least; at >= 0; at -= 1) {
    for (let length = Math.min(longest, run.length - at); length >= least && !found[at]; length -= 1) {
      const [meaning, rest] = [byWord.get(run.slice(at, at + length)), found[at + length]];
      if (meaning !== undefined && rest) found[at] = [meaning, ...rest];
    }
  }
  return found[0];
};

/** A known word at the end, with what stands before it as a word of its own: `契約番号`. */
export const ended = (run: string): readonly string[] | undefined => {
  if (/^[a-z]/.test(run)) return undefined;
  for (let length = Math.min(longest, run.length - 1); length >= 2; length -= 1) {
    const meaning = byWord.get(run.slice(-length));
    if (meaning !== undefined) return [run.slice(0, -length), meaning];
  }
  return undefined;
};

export const weightOf = (meaning: string): number => (light.has(meaning) ? 0.15 : 1);
