/** An element as it was opened. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const reference = /&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/gi;

const checkText = (text: string): void => {
  if (/[<&]/.test(text.replace(reference, '')) || text.includes(']]>')) throw new Error(`not XML text: ${text}`);
};

/** Reads the elements of an XML document and throws where it is not well-formed, as far as JUnit files need it. */
export const elementsOf = (xml: string): readonly Element[] => {
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const elements: Element[] = [];
  const open: string[] = [];
  let end = 0;
  for (const found of body.matchAll(/<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const [whole, closing, tag = '', list = '', empty] = found;
    checkText(body.slice(end, found.index));
    end = found.index + whole.length;
    if (closing) {
      if (open.pop() !== tag) throw new Error(`</${tag}> closes nothing`);
      continue;
    }
    if (open.length === 0 && elements.length > 0) throw new Error('two roots');
    const attributes: Record<string, string> = {};
    for (const [, name = '', value = ''] of list.matchAll(/([\w-]+)="([^"]*)"/g)) {
      checkText(value);
      if (name in attributes) throw new Error(`${name} twice`);
      attributes[name] = value;
    }
    elements.push({ tag, attributes });
    if (!empty) open.push(tag);
  }
  checkText(body.slice(end));
  if (open.length > 0) throw new Error(`${open.join(', ')} not closed`);
  return elements;
};
