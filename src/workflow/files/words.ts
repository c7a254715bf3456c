import type { Text } from '../../model/text.ts';
import type { ReadingProblem } from '../../model/workflow/project.ts';

const why = (code: string): Text => {
  switch (code) {
    case 'ENOENT':
      return { en: 'there is no such file or folder', ja: 'そのファイルやフォルダーはありません' };
    case 'EACCES':
    case 'EPERM':
      return { en: 'no permission to read it', ja: '読み取る権限がありません' };
    case 'EISDIR':
      return { en: 'this is a folder and no file', ja: 'ファイルではなくフォルダーです' };
    case 'ELOOP':
      return { en: 'it is a link that leads to itself', ja: 'リンクが自分自身を指しています' };
    default:
      return { en: `it cannot be read (${code})`, ja: `読み取れません (${code})` };
  }
};

/** A path that was named and leads nowhere. */
export const noSuchPath = (path: string, code: string): Text => ({
  en: `${path}: ${why(code).en}`,
  ja: `${path}: ${why(code).ja}`,
});

export const globWithoutFiles = (glob: string): Text => ({
  en: `${glob}: no file fits this pattern`,
  ja: `${glob}: このパターンに合うファイルがありません`,
});

export const tooManyFiles = (path: string, most: number): Text => ({
  en: `${path}: there are more than ${most} files in this folder; name the folder of the definitions`,
  ja: `${path}: このフォルダーには ${most} 個を超えるファイルがあります。定義ファイルのフォルダーを指定してください`,
});

/** A file of a folder that could not be opened: what it holds is not checked. */
export const unreadableFile = (file: string, code: string): ReadingProblem => ({
  rule: 'parse-unrecognized',
  place: { file, line: 1, column: 1 },
  message: {
    en: `this could not be opened (${why(code).en}), so what it holds was not checked`,
    ja: `開けませんでした（${why(code).ja}）。中の定義は検査していません`,
  },
  fix: {
    en: 'make it readable, or leave it out with exclude:',
    ja: '読み取れるようにするか、exclude: で対象から外してください',
  },
});

interface Kin {
  readonly looks: RegExp;
  readonly is: Text;
  readonly fix: Text;
}

/** Files of ours that are no definitions. */
const kin: readonly Kin[] = [
  {
    looks: /^["']?schema["']?:\s{0,9}["']?crm-schema/m,
    is: { en: 'a schema file', ja: 'スキーマファイル' },
    fix: {
      en: 'name it as workflow.schema in crm-doctor.yaml, and the definitions here',
      ja: 'crm-doctor.yaml の workflow.schema に指定し、ここには定義ファイルを指定してください',
    },
  },
  {
    looks: /^["']?samples["']?:/m,
    is: { en: 'a file of samples', ja: 'サンプルのファイル' },
    fix: { en: 'name it with --simulate', ja: '--simulate で指定してください' },
  },
  {
    looks: /^["']?workflow["']?:[ \t]*(?:#.*)?$/m,
    is: { en: 'a configuration of crm-doctor', ja: 'crm-doctor の設定ファイル' },
    fix: {
      en: 'name it with --config, and the definitions here',
      ja: '--config で指定し、ここには定義ファイルを指定してください',
    },
  },
];

const known: Text = {
  en: 'Salesforce Flow, workflow or approval XML, HubSpot, Odoo, EspoCRM, SuiteCRM or kintone exports, or native YAML that starts with "workflow: ID"',
  ja: 'Salesforce のフロー、ワークフロールール、承認プロセスの XML、HubSpot・Odoo・EspoCRM・SuiteCRM・kintone のエクスポート、または「workflow: ID」で始まる YAML',
};

/** A file that was named and is no definition that anybody here knows. */
export const notOurs = (file: string, text: string | undefined): ReadingProblem => {
  const rule = 'parse-unrecognized';
  const place = { file, line: 1, column: 1 };
  const fix: Text = { en: `name one of these: ${known.en}`, ja: `次のどれかを指定してください: ${known.ja}` };
  const like = text === undefined ? undefined : kin.find(({ looks }) => looks.test(text));
  if (like) {
    return {
      rule,
      place,
      message: {
        en: `this is ${like.is.en} and no workflow definition`,
        ja: `これは${like.is.ja}で、ワークフロー定義ではありません`,
      },
      fix: like.fix,
    };
  }
  if (text === undefined) {
    return {
      rule,
      place,
      message: {
        en: 'this is no text file, so it is no workflow definition',
        ja: 'テキストではないため、ワークフロー定義として読めません',
      },
      fix,
    };
  }
  const empty = text.trim() === '';
  return {
    rule,
    place,
    message: empty
      ? { en: 'the file is empty', ja: 'ファイルが空です' }
      : {
          en: 'this is no workflow definition that crm-doctor knows',
          ja: 'crm-doctor の知っているワークフロー定義ではありません',
        },
    fix,
  };
};
