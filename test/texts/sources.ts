import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Language } from '../../src/model/text.ts';

/** A text as it stands in a source file; what is filled in later stands as ⟦expression⟧. */
export interface Written {
  /** `checks/tls/expired.cause.ts:31` */
  readonly where: string;
  readonly en: readonly string[];
  readonly ja: readonly string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.generated.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .toSorted();

/** What is told apart inside a text by a condition gives a text each; all conditions of one text go the same way. */
const ways = [true, false] as const;

const textOf = (node: ts.Expression, way: boolean): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return textOf(node.expression, way);
  if (ts.isConditionalExpression(node)) return textOf(way ? node.whenTrue : node.whenFalse, way);
  if (ts.isArrowFunction(node)) return ts.isBlock(node.body) ? undefined : textOf(node.body, way);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(node.left, way), textOf(node.right, way)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.templateSpans.reduce((text, { expression, literal }) => {
    const inner = ts.isConditionalExpression(expression) ? textOf(expression, way) : undefined;
    return `${text}${inner ?? `⟦${expression.getText()}⟧`}${literal.text}`;
  }, node.head.text);
};

const textsOf = (node: ts.Expression): readonly string[] => [
  ...new Set(ways.flatMap((way) => textOf(node, way) ?? [])),
];

const japanese = /[\u3041-\u30ff\u4e00-\u9fff]/;

type Pair = Readonly<Record<Language, readonly string[]>>;

const pairOf = (en: ts.Expression, ja: ts.Expression): Pair | undefined => {
  const pair = { en: textsOf(en), ja: textsOf(ja) };
  return pair.en.length > 0 && pair.ja.length > 0 ? pair : undefined;
};

const sideOf = (object: ts.ObjectLiteralExpression, name: Language): ts.Expression | undefined =>
  object.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) && property.name.getText() === name ? [property.initializer] : [],
  )[0];

/** `{ en, ja }`, `both('…', '…')`, `language === 'ja' ? '…' : '…'`. */
const pairAt = (node: ts.Node): Pair | undefined => {
  if (ts.isObjectLiteralExpression(node)) {
    const [en, ja] = [sideOf(node, 'en'), sideOf(node, 'ja')];
    return en && ja && pairOf(en, ja);
  }
  if (ts.isCallExpression(node)) {
    const [en, ja, more] = node.arguments;
    if (!en || !ja || more) return undefined;
    const pair = pairOf(en, ja);
    return pair?.ja.some((text) => japanese.test(text)) && !pair.en.some((text) => japanese.test(text))
      ? pair
      : undefined;
  }
  if (ts.isConditionalExpression(node) && /=== 'ja'$|^ja$|^japanese$/.test(node.condition.getText())) {
    return pairOf(node.whenFalse, node.whenTrue);
  }
  return undefined;
};

const writtenIn = (file: string): readonly Written[] => {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Written[] = [];
  const visit = (node: ts.Node): void => {
    const pair = pairAt(node);
    if (pair) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ where: `${file}:${line + 1}`, ...pair });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

/** Every text that the sources hold in both languages. */
export const writtenTexts = (folders: readonly string[]): readonly Written[] =>
  folders.flatMap(filesUnder).flatMap(writtenIn);
