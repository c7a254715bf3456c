import type { Command } from 'commander';
import type { Text } from '../model/text.ts';
import { UsageError } from './command.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of our own, and what it stands for. */
export interface Variable {
  readonly name: string;
  /** The flag that it stands in for; the two without one are read where the file is looked for and the language chosen. */
  readonly flag?: { readonly key: string; readonly kind: 'value' | 'switch'; readonly on?: boolean };
  readonly about: Text;
}

/** All that crm-doctor itself reads of the environment; the command line is always stronger. */
export const variables: readonly Variable[] = [
  {
    name: 'CRM_DOCTOR_CONFIG',
    about: { en: 'the configuration file, as --config', ja: '設定ファイル（--config と同じ）' },
  },
  {
    name: 'CRM_DOCTOR_LANG',
    about: {
      en: 'ja or en, stronger than LC_ALL, LC_MESSAGES and LANG; --lang and the file are stronger still',
      ja: 'ja または en。LC_ALL、LC_MESSAGES、LANG より優先（--lang と設定ファイルの指定がさらに優先）',
    },
  },
  {
    name: 'CRM_DOCTOR_TIMEOUT',
    flag: { key: 'timeout', kind: 'value' },
    about: { en: 'limit of a run, as --timeout', ja: '全体の制限時間（--timeout と同じ）' },
  },
  {
    name: 'CRM_DOCTOR_RUNBOOK',
    flag: { key: 'runbook', kind: 'value' },
    about: { en: 'directory of the runbook log, as --runbook', ja: '作業記録のフォルダー（--runbook と同じ）' },
  },
  {
    name: 'CRM_DOCTOR_NO_INPUT',
    flag: { key: 'input', kind: 'switch', on: false },
    about: { en: '1: never ask, as --no-input', ja: '1 にすると質問をしない（--no-input と同じ）' },
  },
  {
    name: 'CRM_DOCTOR_PLAIN',
    flag: { key: 'plain', kind: 'switch', on: true },
    about: { en: '1: for screen readers, as --plain', ja: '1 にするとスクリーンリーダー向け（--plain と同じ）' },
  },
  {
    name: 'CRM_DOCTOR_ASCII',
    flag: { key: 'ascii', kind: 'switch', on: true },
    about: { en: '1: ASCII only, as --ascii', ja: '1 にすると ASCII 文字だけ（--ascii と同じ）' },
  },
];

/** `1`, `true` and the like; `0` and the like are as good as nothing, and anything else is a slip. */
const isOn = (name: string, value: string): boolean => {
  if (/^(?:1|true|yes|on)$/i.test(value)) return true;
  if (/^(?:0|false|no|off)$/i.test(value)) return false;
  throw new UsageError({
    en: `${name} is 1 or 0, not ${JSON.stringify(value)}`,
    ja: `${name} に指定できるのは 1 か 0 です。${JSON.stringify(value)} は使えません`,
  });
};

/** Gives a command the flags that its environment stands for, where the command line says nothing. */
export const applyEnvironment = (command: Command, env: Environment): void => {
  for (const { name, flag } of variables) {
    const value = env[name];
    if (!flag || !value || !command.options.some((option) => option.attributeName() === flag.key)) continue;
    const source = command.getOptionValueSource(flag.key);
    if (source !== undefined && source !== 'default') continue;
    if (flag.kind === 'value') command.setOptionValueWithSource(flag.key, value, 'env');
    else if (isOn(name, value)) command.setOptionValueWithSource(flag.key, flag.on, 'env');
  }
};
