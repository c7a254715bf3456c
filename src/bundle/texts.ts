/** Every text of a JSON value, names of fields among them, as its reader sees it: what was escaped in the file stands plain here. */
export const textsIn = (value: unknown): readonly string[] => {
  const texts: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node === 'string') texts.push(node);
    else if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, inner] of Object.entries(node)) {
        texts.push(key);
        walk(inner);
      }
    }
  };
  walk(value);
  return texts;
};
