import { seeded } from '../../../fixtures/sync/contacts.ts';
import type { Generated } from './generate.ts';

/** Names and places of one language; common ones stand first, and come more often. */
interface Words {
  readonly columns: readonly string[];
  readonly families: readonly string[];
  readonly givens: readonly string[];
  readonly streets: readonly string[];
  readonly towns: readonly string[];
  readonly states: readonly string[];
  readonly row: (person: Person) => readonly string[];
  /** One sign that a hand gets wrong. */
  readonly letters: string;
}

/** What one record says of a person; a name holds its reading behind a colon. */
interface Person {
  readonly given: string;
  readonly family: string;
  readonly birth: string;
  readonly number: string;
  readonly street: string;
  readonly town: string;
  readonly state: string;
  readonly postcode: string;
  readonly insurance: string;
}

const pairsOf = (first: string, second: string): readonly string[] =>
  first.split(' ').flatMap((a) =>
    second.split(' ').map((b) => {
      const [[textA = '', kanaA = ''], [textB = '', kanaB = '']] = [a.split(':'), b.split(':')];
      return kanaA + kanaB === '' ? textA + textB : `${textA}${textB}:${kanaA}${kanaB}`;
    }),
  );

const written = (name: string): string => name.split(':')[0] ?? '';
const read = (name: string): string => name.split(':')[1] ?? '';

const words: Readonly<Record<'en' | 'ja', Words>> = {
  en: {
    columns: ['id', 'first_name', 'last_name', 'dob', 'house', 'street', 'suburb', 'state', 'zip', 'insurance_no'],
    families: pairsOf(
      'hart wood stan ash brad lang mor whit ner fair hol pem',
      'ley ford ton well by man wick son dale ridge',
    ),
    givens: pairsOf(
      'al ber cor dan el fran ger hel is jo kar lu mar nor ol',
      'ina ric tha vin ette mond son lie bert da wyn phe',
    ),
    streets: pairsOf(
      'oak mill church station victoria queen harbour garden castle',
      ' street# road# lane# avenue# court#',
    ).map((one) => one.replace('#', '')),
    towns: pairsOf(
      'new port ald east kings north stone wal red glen',
      'bury haven minster combe wich mouth stead thorpe',
    ),
    states: ['nw', 'se', 'ne', 'sw'],
    row: (one) => [
      one.given,
      one.family,
      one.birth,
      one.number,
      one.street,
      one.town,
      one.state,
      one.postcode,
      one.insurance,
    ],
    letters: 'abcdefghijklmnoprstuvwy',
  },
  ja: {
    columns: ['id', '姓', '名', 'セイ', 'メイ', '生年月日', '番地', '市区町村', '都道府県', '郵便番号', '被保険者番号'],
    families: pairsOf(
      '佐:サ 山:ヤマ 小:コ 松:マツ 中:ナカ 高:タカ 石:イシ 大:オオ',
      '田:タ 藤:トウ 川:カワ 本:モト 村:ムラ 野:ノ 島:シマ 沢:サワ',
    ),
    givens: pairsOf(
      '健:ケン 真:マ 直:ナオ 美:ミ 由:ユ 和:カズ 秀:ヒデ 千:チ 明:アキ 恵:ケイ',
      '太:タ 子:コ 一:イチ 香:カ 樹:キ 也:ヤ 奈:ナ 彦:ヒコ 里:リ 人:ト',
    ),
    streets: pairsOf('本 東 西 栄 緑 旭 若 桜', '町 が丘 台 浜 川 木'),
    towns: pairsOf('北 南 東 西 上 下', '原市 山市 川市 津市 森区 浜区'),
    states: ['東京都', '大阪府', '愛知県', '福岡県'],
    row: ({ given, family, birth, number, street, town, state, postcode, insurance }) => [
      ...[
        written(family),
        written(given),
        read(family),
        read(given),
        birth,
        street + number,
        town,
        state,
        postcode,
        insurance,
      ],
    ],
    letters: '一二三上下中田山川木',
  },
};

/**
 * The same at each run of a seed: private persons in their households, with twins and with sons who are called like their fathers;
 * `share` of them stand there twice, written in a hurry.
 */
export const generatePersons = (language: 'en' | 'ja', count: number, seed: number, share = 0.04): Generated => {
  const { columns, families, givens, streets, towns, states, row, letters } = words[language];
  const random = seeded(seed);
  const upTo = (most: number): number => Math.floor(random() * most);
  const oneOf = <Item>(items: readonly Item[], at = upTo(items.length)): Item => {
    const found = items[at];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  };
  const common = <Item>(items: readonly Item[]): Item => oneOf(items, Math.floor(items.length * random() ** 2));
  const digits = (most: number): string => String(upTo(10 ** most)).padStart(most, '0');
  const two = (value: number): string => String(value).padStart(2, '0');
  const bornFrom = (year: number, years: number): string =>
    `${year + upTo(years)}-${two(1 + upTo(12))}-${two(1 + upTo(28))}`;
  const place = (text: string): number => upTo(Math.max(1, text.length - 1));

  /** A sign more, less or another, or two in the wrong order; the reading is typed as well, and stays. */
  const slip = (value: string): string => {
    const [text = '', reading] = value.split(':');
    if (text.length < 2) return value;
    const at = place(text);
    const typed = [
      () => text.slice(0, at) + text.slice(at + 1),
      () => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
      () => text.slice(0, at + 1) + oneOf([...letters]) + text.slice(at + 1),
    ];
    return [oneOf(typed)(), ...(reading === undefined ? [] : [reading])].join(':');
  };
  const otherDigit = (text: string): string => {
    const at = upTo(text.length);
    return /\d/.test(text.charAt(at)) ? text.slice(0, at) + upTo(10) + text.slice(at + 1) : text;
  };
  const edits: readonly ((one: Person) => Partial<Person>)[] = [
    ({ given }) => ({ given: slip(given) }),
    ({ family }) => ({ family: slip(family) }),
    ({ given, family }) => ({ given: family, family: given }),
    ({ birth }) => ({ birth: oneOf([otherDigit(birth), birth.replaceAll('-', '/'), birth.replaceAll('-', '')]) }),
    ({ birth }) => ({ birth: birth.replace(/(\d\d)-(\d\d)$/, '$2-$1') }),
    () => oneOf([{ birth: '' }, { given: '' }, { postcode: '' }, { insurance: '' }, { street: '', number: '' }]),
    ({ street }) => ({ street: slip(street) }),
    ({ town }) => ({ town: oneOf([slip(town), '']) }),
    ({ postcode }) => ({ postcode: otherDigit(postcode) }),
    ({ insurance }) => ({ insurance: otherDigit(insurance) }),
    () => ({
      street: oneOf(streets),
      number: `${1 + upTo(99)}-${1 + upTo(30)}`,
      town: oneOf(towns),
      postcode: digits(7),
    }),
    () => ({ family: common(families) }),
  ];
  const rows: (readonly string[])[] = [];
  const truth: (readonly [string, string])[] = [];
  const write = (one: Person): string => {
    const id = `P${String(rows.length + 1).padStart(7, '0')}`;
    rows.push([id, ...row(one)]);
    return id;
  };
  const add = (one: Person): Person => {
    const person = random() < 0.1 ? { ...one, insurance: '' } : one;
    const first = write(person);
    if (random() < share) {
      let again = person;
      for (let edit = 1 + upTo(3); edit > 0; edit -= 1) again = { ...again, ...oneOf(edits)(again) };
      truth.push([first, write(again)]);
    }
    return one;
  };
  while (rows.length < count) {
    const home = {
      ...{ family: common(families), number: `${1 + upTo(99)}-${1 + upTo(30)}`, street: oneOf(streets) },
      ...{ town: oneOf(towns), state: oneOf(states), postcode: digits(7) },
    };
    const member = (birth: string): Person => ({ ...home, given: common(givens), birth, insurance: digits(9) });
    const father = add(member(bornFrom(1935, 45)));
    if (random() < 0.7) add(member(bornFrom(Number(father.birth.slice(0, 4)) - 5, 10)));
    const children = upTo(4);
    for (let child = 0; child < children; child += 1) {
      const one = member(bornFrom(Number(father.birth.slice(0, 4)) + 22, 18));
      const born = add(random() < 0.05 ? { ...one, given: father.given } : one);
      if (random() < 0.05)
        add({ ...born, given: oneOf(givens.filter((name) => name !== born.given)), insurance: digits(9) });
    }
  }
  return { columns, rows, truth };
};
