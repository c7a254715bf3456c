/** No definition nests deeper, and whoever walks through it later may do so by recursion. */
const deepest = 200;

/** JSON that stands as a text within JSON; undefined where it is none, or nests without end. */
export const jsonIn = (text: string): unknown => {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') {
      depth += 1;
      if (depth > deepest) return undefined;
    } else if (sign === '}' || sign === ']') depth -= 1;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
