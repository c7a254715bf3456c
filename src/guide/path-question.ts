import type { Text } from '../model/text.ts';
import type { Engine } from './engine.ts';
import type { Walk } from './walk.ts';

const other = 'other';
const nothing = 'none';

/**
 * Where something lies: one of the files that are here, or a path that is typed. What is not there is said at once.
 * Empty where `none` was chosen.
 */
export const pathQuestion = async (
  walk: Walk,
  engine: Engine,
  {
    id,
    message,
    more,
    files,
    free = false,
    none,
  }: {
    readonly id: string;
    readonly message: Text;
    readonly more: Text;
    readonly files: readonly string[];
    /** Databases and CRMs are places as well. */
    readonly free?: boolean;
    /** There may be none. */
    readonly none?: Text;
  },
): Promise<string> => {
  const choices = [
    ...(none ? [{ value: nothing, name: none }] : []),
    ...files.map((file) => ({ value: `file ${file}`, name: file })),
    { value: other, name: { en: 'enter another place', ja: 'ほかの場所を入力する' } },
  ];
  const chosen = choices.length === 1 ? other : await walk.choose({ id, message, more, choices });
  if (chosen === nothing) return '';
  if (chosen !== other) return chosen.slice('file '.length);
  let says: Text | undefined;
  for (;;) {
    if (says) walk.say({ kind: 'result', status: 'fail', title: says });
    const path = (
      await walk.text({
        id: `${id}.path`,
        message: files.length > 0 || none ? { en: 'Path of the file', ja: 'ファイルのパス' } : message,
        more,
        wrong: (answer) => (answer.trim() === '' ? { en: 'Enter a path.', ja: 'パスを入力してください。' } : undefined),
      })
    ).trim();
    if (free && (/^[a-z][a-z0-9+]*:\/\//i.test(path) || path.startsWith('crm:'))) return path;
    const there = await walk.once(`look ${id}`, () => engine.look(path));
    if (there !== 'nothing' || /[*?]/.test(path)) return path;
    says = { en: `There is no ${path} here.`, ja: `${path} が見つかりません。` };
  }
};
