import { type Text, verbatim } from '../../model/text.ts';
import type { XmlPlace, XmlTree } from './xml-tree.ts';

/** Why a file was not read, or not further than here. */
export interface XmlFault {
  readonly kind: 'fault';
  readonly rule: 'parse-syntax' | 'parse-limit';
  readonly at: XmlPlace;
  readonly says: Text;
}

const noReference: Text = {
  en: 'an "&" here does not begin a known character reference; a plain ampersand is written "&amp;"',
  ja: 'ここの「&」は文字参照として読めません。文字としての「&」は「&amp;」と書きます',
};

const words: readonly (readonly [pattern: RegExp, says: (found: RegExpExecArray) => Text])[] = [
  [
    /^duplicate attribute: (.*)\.$/,
    ([, name = '']) => ({
      en: `the attribute "${name}" is there twice in one tag`,
      ja: `属性「${name}」が同じタグに 2 回あります`,
    }),
  ],
  [
    /^documents may contain only one root/,
    () => ({
      en: 'a second outermost element begins here; a file holds only one',
      ja: '最も外側の要素が 2 つあります。1 つのファイルに置けるのは 1 つだけです',
    }),
  ],
  [
    /^text data outside of root node/,
    () => ({
      en: 'there is text outside the outermost element',
      ja: '最も外側の要素の外に文字があります',
    }),
  ],
  [
    /^document must contain a root element/,
    () => ({ en: 'the file holds no XML element', ja: 'ファイルに XML の要素がありません' }),
  ],
  [
    /^disallowed character\.$/,
    () => ({
      en: 'a control character, or "<" inside an attribute, which XML does not allow here',
      ja: 'ここには XML で使えない制御文字、または属性値の中の「<」があります',
    }),
  ],
  [
    /^disallowed character in (?:tag name|closing tag|attribute name)/,
    () => ({
      en: 'a tag is not written as XML writes it; a plain "<" in a text is written "&lt;"',
      ja: 'タグの書き方が XML として正しくありません。文字としての「<」は「&lt;」と書きます',
    }),
  ],
  [
    /^(?:attribute without value|unquoted attribute value|no whitespace between attributes)/,
    () => ({
      en: 'an attribute is not written as name="value"',
      ja: '属性が name="値" の形で書かれていません',
    }),
  ],
];

const goodReference = /&(?:#x[0-9a-f]{1,8}|#\d{1,8}|lt|gt|amp|quot|apos);/iy;

/** The first "&" outside comments and sections that begins no reference: the library looks for its end a long way on. */
const strayAmpersand = (text: string, until: number): number | undefined => {
  let at = 0;
  while (at < until) {
    const ampersand = text.indexOf('&', at);
    if (ampersand < 0 || ampersand >= until) return undefined;
    const skipped = text.indexOf('<!', at);
    const closing = text.startsWith('<!--', skipped)
      ? '-->'
      : text.startsWith('<![CDATA[', skipped)
        ? ']]>'
        : undefined;
    if (skipped >= 0 && skipped < ampersand) {
      const close = closing === undefined ? skipped : text.indexOf(closing, skipped);
      if (close < 0) return undefined;
      at = close + 2;
      continue;
    }
    goodReference.lastIndex = ampersand;
    if (!goodReference.test(text)) return ampersand;
    at = goodReference.lastIndex;
  }
  return undefined;
};

const nonBlank = (text: string, from: number): number => {
  const blank = /\s*/y;
  blank.lastIndex = from;
  blank.test(text);
  return blank.lastIndex;
};

/** The message of the XML library in words, at the character that is wrong. */
export const xmlFault = (tree: XmlTree, message: string, position: number): XmlFault => {
  // The library writes line and column before its own words.
  const said = message.replace(/^\d+:\d+: /, '');
  const { text, innermost } = tree;
  const fault = (offset: number, says: Text): XmlFault => ({
    kind: 'fault',
    rule: 'parse-syntax',
    at: tree.place(offset),
    says,
  });
  const ampersand = strayAmpersand(text, position);
  if (ampersand !== undefined) return fault(ampersand, noReference);
  if (/^(?:unclosed tag|unexpected end)/.test(said)) {
    const line = innermost ? tree.place(innermost.start).line : 1;
    return fault(text.trimEnd().length, {
      en: `the file ends here, but <${innermost?.name ?? ''}> that begins on line ${line} has not ended: it was cut off`,
      ja: `${line} 行目の <${innermost?.name ?? ''}> が閉じられないまま、ここでファイルが終わっています（途中で切れています）`,
    });
  }
  if (/^(?:unexpected close tag|unmatched closing tag|weird empty close tag)/.test(said)) {
    const start = text.lastIndexOf('</', position - 1);
    const closing = /^<\/\s*([^\s>]*)/.exec(text.slice(start, start + 200))?.[1] ?? '';
    const line = innermost ? tree.place(innermost.start).line : 1;
    return fault(
      start,
      innermost
        ? {
            en: `</${closing}> ends something else than <${innermost.name}>, which is open since line ${line}`,
            ja: `${line} 行目の <${innermost.name}> が閉じられる前に </${closing}> があります`,
          }
        : { en: `</${closing}> ends nothing that has begun`, ja: `</${closing}> に対応する開始タグがありません` },
    );
  }
  const outside = /^text data outside|^document must contain/.test(said);
  const offset = outside ? nonBlank(text, Math.max(0, tree.end(0))) : Math.max(0, position - 1);
  for (const [pattern, says] of words) {
    const found = pattern.exec(said);
    if (found) return fault(offset, says(found));
  }
  const plain = said.replace(/\.$/, '');
  return fault(offset, { ...verbatim(plain), ja: `XML として正しくありません (${plain})` });
};
