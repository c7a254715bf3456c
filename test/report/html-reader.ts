/** An element as the page opened it. */
export interface HtmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface HtmlPage {
  readonly elements: readonly HtmlElement[];
  /** What a reader sees, decoded. */
  readonly text: string;
  /** The raw contents of `style` and `script`. */
  readonly raw: Readonly<Record<string, string>>;
}

const empty = ['meta', 'br'];
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const decoded = (text: string): string => {
  if (/&(?!(?:amp|lt|gt|quot|#39);)|[<>]/.test(text)) throw new Error(`not escaped: ${text}`);
  return text.replace(/&([^;]+);/g, (_, name: string) => entities[name] ?? '');
};

const tagPattern = /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>/y;

const attributesOf = (list: string): Readonly<Record<string, string>> => {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value] of list.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)) {
    if (name in attributes) throw new Error(`${name} twice`);
    attributes[name] = decoded(value ?? '');
  }
  return attributes;
};

/** Reads a page of ours and throws at whatever a browser would have to guess at. */
export const readHtml = (page: string): HtmlPage => {
  const doctype = '<!doctype html>';
  if (!page.startsWith(doctype)) throw new Error('no doctype');
  const elements: HtmlElement[] = [];
  const open: string[] = [];
  const raw: Record<string, string> = {};
  let text = '';
  let at = doctype.length;
  while (at < page.length) {
    if (page[at] !== '<') {
      const next = page.indexOf('<', at);
      const end = next === -1 ? page.length : next;
      text += decoded(page.slice(at, end));
      at = end;
      continue;
    }
    tagPattern.lastIndex = at;
    const found = tagPattern.exec(page);
    if (!found) throw new Error(`no tag: ${page.slice(at, at + 80)}`);
    const [whole, closing, tag = '', list = '', selfClosing] = found;
    at += whole.length;
    if (closing) {
      const last = open.pop();
      if (last !== tag) throw new Error(`</${tag}> closes ${last}`);
      continue;
    }
    elements.push({ tag, attributes: attributesOf(list) });
    if (tag === 'style' || tag === 'script') {
      const end = page.indexOf(`</${tag}>`, at);
      raw[tag] = page.slice(at, end);
      at = end + `</${tag}>`.length;
    } else if (!selfClosing && !empty.includes(tag)) open.push(tag);
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} not closed`);
  return { elements, text, raw };
};
