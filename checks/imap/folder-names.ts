/** The same special folder as servers and mail programs call it, in English and Japanese. */
const specialFolders: readonly (readonly string[])[] = [
  ['inbox', '受信トレイ', '受信箱', '受信ボックス'],
  [
    'sent',
    'sent items',
    'sent messages',
    'sent mail',
    '送信済み',
    '送信済みアイテム',
    '送信済みメール',
    '送信済みトレイ',
    '送信箱',
  ],
  ['drafts', 'draft', '下書き', '下書きトレイ'],
  ['junk', 'spam', 'junk e-mail', 'junk email', 'junk mail', 'bulk mail', '迷惑メール', '迷惑メールフォルダー'],
  ['trash', 'deleted', 'deleted items', 'deleted messages', 'bin', 'ゴミ箱', 'ごみ箱', '削除済みアイテム'],
  ['archive', 'archives', 'all mail', 'アーカイブ', 'すべてのメール'],
];

/** Upper and lower case, full width and composed kana do not count. */
const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const partsOf = (name: string, delimiter: string): readonly string[] =>
  (delimiter === '' ? [name] : name.split(delimiter)).filter(Boolean).map(plain);

const equal = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((part, index) => part === right[index]);

/** Letters to change, add or take away until one name is the other (Levenshtein). */
const distance = (left: string, right: string): number => {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= right.length; at += 1) {
      const change = (row[at - 1] ?? 0) + (right[at - 1] === letter ? 0 : 1);
      next.push(Math.min(change, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

const oneTypingFault = (left: string, right: string): boolean =>
  Math.min(left.length, right.length) >= 4 && Math.abs(left.length - right.length) <= 1 && distance(left, right) <= 1;

const sameSpecial = (left: string, right: string): boolean =>
  specialFolders.some((names) => names.includes(left) && names.includes(right));

export interface Namespace {
  readonly prefix: string;
  readonly delimiter: string;
}

/** How far a folder of the server is from the one that was asked for, 0 = the same but for its writing. */
const farness = (wanted: string, name: string, { prefix, delimiter }: Namespace): number | undefined => {
  if (plain(wanted) === plain(name)) return 0;
  const there = partsOf(name, delimiter);
  // Whichever delimiter the user knows: INBOX/CRM, INBOX.CRM, INBOX\CRM.
  for (const known of ['/', '.', '\\', delimiter]) {
    const asked = partsOf(wanted, known);
    if (equal(asked, there)) return 1;
    if (equal([...partsOf(prefix, delimiter), ...asked], there)) return 2;
  }
  const leaf = there.at(-1) ?? '';
  const asked = partsOf(wanted, '/').at(-1) ?? '';
  const askedLeaf = partsOf(asked, delimiter).at(-1) ?? asked;
  if (leaf === askedLeaf) return 3;
  if (sameSpecial(leaf, askedLeaf)) return 4;
  return oneTypingFault(leaf, askedLeaf) ? 5 : undefined;
};

/** Folders of the server that were probably meant, the nearest first. */
export const likelyFolders = (wanted: string, folders: readonly string[], namespace: Namespace): readonly string[] =>
  folders
    .flatMap((name) => {
      const far = name === wanted ? undefined : farness(wanted, name, namespace);
      return far === undefined ? [] : [{ name, far }];
    })
    .toSorted((left, right) => left.far - right.far || left.name.length - right.name.length)
    .slice(0, 4)
    .map(({ name }) => name);
