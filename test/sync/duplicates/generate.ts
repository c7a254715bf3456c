import { seeded } from '../../../fixtures/sync/contacts.ts';

/** Contacts of a Japanese CRM with a known share of persons who stand there twice, written as people write them. */
export interface Generated {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Keys of the two records of one person. */
  readonly truth: readonly (readonly [string, string])[];
}

type Word = readonly [kanji: string, kana: string];

const wordsOf = (text: string): readonly Word[] =>
  text.split(' ').map((word): Word => {
    const [kanji = '', kana = ''] = word.split(':');
    return [kanji, kana];
  });
const together = (first: readonly Word[], second: readonly Word[]): readonly Word[] =>
  first.flatMap(([a, kanaA]) => second.map(([b, kanaB]): Word => [a + b, kanaA + kanaB]));

const families: readonly Word[] = [
  ...wordsOf(
    '佐藤:サトウ 鈴木:スズキ 渡辺:ワタナベ 伊藤:イトウ 斎藤:サイトウ 斉藤:サイトウ 加藤:カトウ 吉田:ヨシダ 林:ハヤシ 阿部:アベ',
  ),
  ...together(
    wordsOf('山:ヤマ 川:カワ 石:イシ 高:タカ 松:マツ 竹:タケ 森:モリ 上:ウエ 中:ナカ 小:コ 浜:ハマ'),
    wordsOf('田:タ 本:モト 村:ムラ 口:グチ 崎:サキ 川:カワ 島:シマ 野:ノ 沢:ザワ'),
  ),
];
const givens: readonly Word[] = together(
  wordsOf(
    '健:ケン 大:ダイ 翔:ショウ 雄:ユウ 優:ユウ 真:マ 直:ナオ 正:マサ 和:カズ 恵:ケイ 美:ミ 由:ユ 陽:ヨウ 隆:タカ 弘:ヒロ 浩:ヒロ 智:トモ 友:トモ 秀:ヒデ 康:ヤス 明:アキ 春:ハル 夏:ナツ 千:チ 幸:ユキ',
  ),
  wordsOf(
    '太:タ 介:スケ 也:ヤ 樹:キ 一:イチ 二:ジ 郎:ロウ 朗:ロウ 子:コ 美:ミ 香:カ 奈:ナ 代:ヨ 江:エ 人:ト 斗:ト 平:ヘイ 彦:ヒコ 志:シ 之:ユキ 恵:エ 里:リ 菜:ナ 花:カ',
  ),
);
const firms: readonly Word[] = together(
  together(
    wordsOf(
      '東:トウ 西:サイ 南:ナン 北:ホク 大:ダイ 富士:フジ 光:コウ 栄:エイ 三:サン 新:シン 丸:マル 日:ニッ 和:ワ 昭:ショウ 信:シン',
    ),
    wordsOf(
      '洋:ヨウ 和:ワ 栄:エイ 陽:ヨウ 進:シン 興:コウ 伸:シン 友:ユウ 邦:ホウ 央:オウ 海:カイ 峰:ホウ 昌:ショウ 徳:トク 誠:セイ',
    ),
  ),
  wordsOf('工業: 商事: 製作所: システム: 運輸: 印刷: 建設: 電機: 食品: 薬品: 不動産: 設備: 精機: 物産: 化成:'),
);
const towns = [
  '東京都港区芝',
  '東京都千代田区神田錦町',
  '東京都新宿区西新宿',
  '大阪府大阪市北区梅田',
  '愛知県名古屋市中区栄',
  '福岡県福岡市博多区博多駅前',
  '北海道札幌市中央区北一条西',
  '宮城県仙台市青葉区一番町',
  '神奈川県横浜市西区みなとみらい',
  '京都府京都市下京区四条通',
  '広島県広島市中区紙屋町',
  '埼玉県さいたま市大宮区桜木町',
];

interface Person {
  readonly family: Word;
  readonly given: Word;
  readonly company: { readonly name: string; readonly first: boolean };
  readonly email: string;
  readonly phone: string;
  readonly postcode: string;
  readonly town: string;
  readonly numbers: readonly [number, number, number];
}

/** How one record of a person is written. */
interface Written {
  readonly name: string;
  readonly kana: string;
  readonly company: string;
  readonly email: string;
  readonly phone: string;
  readonly postcode: string;
  readonly address: string;
  readonly createdAt: string;
}

type Edit = (one: Written, person: Person) => Partial<Written>;

const columns = ['id', 'name', 'kana', 'company', 'email', 'phone', 'postcode', 'address', 'created_at'];

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const hiragana = (text: string): string =>
  text.replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));
const variants: Readonly<Record<string, string>> = { 高: '髙', 崎: '﨑', 島: '嶋', 浜: '濱', 沢: '澤', 辺: '邊' };

/** The same at each run of a seed: `count` persons, 2 % of them twice, with companies of one to sixty colleagues at one address. */
export const generate = (count: number, seed: number): Generated => {
  const random = seeded(seed);
  const upTo = (most: number): number => Math.floor(random() * most);
  const oneOf = <Item>(items: readonly Item[]): Item => {
    const found = items[upTo(items.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  };
  const digits = (most: number): string => String(upTo(10 ** most)).padStart(most, '0');
  const rows: (readonly string[])[] = [];
  const truth: (readonly [string, string])[] = [];

  const plain = (person: Person): Written => ({
    name: `${person.family[0]} ${person.given[0]}`,
    kana: random() < 0.1 ? '' : `${person.family[1]} ${person.given[1]}`,
    company: person.company.first ? `株式会社${person.company.name}` : `${person.company.name}株式会社`,
    email: person.email,
    phone: person.phone,
    postcode: person.postcode,
    address: person.town + person.numbers.join('-'),
    createdAt: `20${10 + upTo(16)}-0${1 + upTo(9)}-1${upTo(10)}T0${upTo(10)}:00:00Z`,
  });
  const edits: readonly Edit[] = [
    (one) => ({ name: one.name.replace(' ', oneOf(['', '\u3000', '・'])) }),
    (one) => ({ name: one.name.replace(/[高崎島浜沢辺]/, (sign) => variants[sign] ?? sign) }),
    (one) => ({ kana: oneOf(['', hiragana(one.kana), one.kana.replace(' ', '')]) }),
    (_, { company }) => ({
      company: company.first ? oneOf([`㈱${company.name}`, `(株)${company.name}`]) : `${company.name}（株）`,
    }),
    (_, { company }) => ({ company: company.name }),
    (one) => ({ email: oneOf(['', one.email.toUpperCase(), ` ${one.email}`]) }),
    (one) => ({ email: one.email.replace(/^[^@]+/, `n${digits(7)}`) }),
    (one) => ({
      phone: oneOf(['', one.phone.replaceAll('-', ''), fullWidth(one.phone), one.phone.replace('0', '+81 ')]),
    }),
    (_, { town, numbers: [a, b, c] }) => ({ address: `${town}${a}丁目${b}番${c}号` }),
    (one) => ({
      address: oneOf([fullWidth(one.address), `${one.address} 第一ビル3F`, one.address.replace(/^東京都/, '')]),
    }),
    (one) => ({ postcode: oneOf(['', one.postcode.replace('-', ''), `〒${one.postcode}`]) }),
  ];
  /** Rare, and each alone enough to hide a record from a comparison of one field. */
  const rare: readonly Edit[] = [
    (one) => ({ kana: one.kana.replace(/ウ|ヤ/, 'ー') }),
    (_, person) => ({ name: `${person.family[1]} ${person.given[1]}` }),
    (one) => ({ phone: `090-${digits(4)}-${digits(4)}`, email: random() < 0.5 ? '' : one.email }),
    () => ({ company: '' }),
    () => ({ address: '' }),
  ];
  const write = (one: Written): string => {
    const id = `C${String(rows.length + 1).padStart(7, '0')}`;
    rows.push([id, one.name, one.kana, one.company, one.email, one.phone, one.postcode, one.address, one.createdAt]);
    return id;
  };

  for (let made = 0, firm = 0; made < count; firm += 1) {
    const [name] = firms[firm % firms.length] ?? ['甲'];
    const branch = Math.floor(firm / firms.length);
    const company = { name: branch === 0 ? name : `${name}${oneOf(families)[0]}`, first: random() < 0.6 };
    const domain = `f${firm}.example.co.jp`;
    const area = oneOf(['03', '06', '052', '092', '011']);
    const main = `${area}-${digits(8 - (area.length - 2)).replace(/(\d{4})$/, '-$1')}`;
    const town = oneOf(towns);
    const numbers = [1 + upTo(9), 1 + upTo(30), 1 + upTo(30)] as const;
    const postcode = `${100 + upTo(800)}-${digits(4)}`;
    const staff = Math.min(count - made, 1 + Math.floor(60 * random() ** 3));
    for (let at = 0; at < staff; at += 1, made += 1) {
      const mailbox = random();
      const person: Person = {
        family: oneOf(families),
        given: oneOf(givens),
        company,
        email: mailbox < 0.1 ? '' : mailbox < 0.15 ? `info@${domain}` : `m${made}@${domain}`,
        phone: random() < 0.5 ? main : `0${oneOf(['9', '8', '7'])}0-${digits(4)}-${digits(4)}`,
        postcode,
        town,
        numbers,
      };
      const first = write(plain(person));
      if (random() >= 0.02) continue;
      let again = plain(person);
      for (let edit = 1 + upTo(4); edit > 0; edit -= 1) again = { ...again, ...oneOf(edits)(again, person) };
      if (random() < 0.15) again = { ...again, ...oneOf(rare)(again, person) };
      truth.push([first, write(again)]);
    }
  }
  return { columns, rows, truth };
};
