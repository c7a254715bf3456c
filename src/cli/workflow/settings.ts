import { allRules } from '../../../checks/all-rules.ts';
import { ConfigError } from '../../config/config-error.ts';
import { nearest } from '../../config/nearest.ts';
import type { LoadedConfig } from '../../config/read.ts';
import type { Rule } from '../../model/workflow/rule.ts';
import { nameOf } from '../../workflow/lint/run-rules.ts';
import type { Ignore, LintSettings, RuleSetting } from '../../workflow/lint/settings.ts';

type Section = NonNullable<LoadedConfig['config']['workflow']>;

const severities = ['off', 'info', 'warning', 'error'] as const;
type Level = (typeof severities)[number];
const isLevel = (value: unknown): value is Level => severities.some((level) => level === value);

const bare = (rule: string): string => rule.replace(/^workflow\./, '');

/** One error at one place of the configuration. */
const refuse = (loaded: LoadedConfig, path: string, text: { en: string; ja: string }): never => {
  throw new ConfigError(loaded.file, [{ path, text, ...(loaded.locate(path) ?? {}) }]);
};

const ruleOf = (written: string, path: string, loaded: LoadedConfig): Rule => {
  const name = bare(written);
  const rule = allRules.find((one) => nameOf(one) === name);
  if (rule) return rule;
  const meant = nearest(name, allRules.map(nameOf));
  return refuse(loaded, path, {
    en: `there is no rule called ${written}${meant === undefined ? '; `crm-doctor checks` lists them' : `; did you mean ${meant}?`}`,
    ja: `${written} というルールはありません${meant === undefined ? '（一覧: `crm-doctor checks`）' : `（${meant} のことですか？）`}`,
  });
};

const limitsOf = (
  rule: Rule,
  given: unknown,
  path: string,
  loaded: LoadedConfig,
): NonNullable<RuleSetting['limits']> => {
  const known = rule.limits ?? {};
  const limits: Record<string, number | string> = {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse(loaded, path, {
      en: `after the severity come the limits of the rule, such as { ${Object.keys(known)[0] ?? 'limit'}: 7 }`,
      ja: `重大度の次には、ルールの上限値を { ${Object.keys(known)[0] ?? 'limit'}: 7 } のように書いてください`,
    });
  }
  for (const [key, value] of Object.entries(given)) {
    const own = known[key];
    if (own === undefined || typeof value !== typeof own) {
      const names = Object.entries(known).map(([name, one]) => `${name} (${typeof one})`);
      refuse(loaded, path, {
        en: `${nameOf(rule)} takes ${names.length === 0 ? 'no limits' : names.join(', ')}, not ${key}: ${String(value)}`,
        ja: `${nameOf(rule)} で指定できるのは ${names.length === 0 ? 'ありません' : names.join('、')}（指定: ${key}: ${String(value)}）`,
      });
    }
    // The type was compared with that of the rule's own limit, a number or a text.
    else limits[key] = value as number | string;
  }
  return limits;
};

const settingOf = (rule: Rule, value: unknown, path: string, loaded: LoadedConfig): RuleSetting => {
  const [level, limits, ...more]: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!isLevel(level) || more.length > 0) {
    return refuse(loaded, path, {
      en: `write off, info, warning or error, or [warning, { limit: 7 }]`,
      ja: 'off、info、warning、error、または [warning, { limit: 7 }] の形で書いてください',
    });
  }
  return {
    severity: level,
    ...(limits === undefined ? {} : { limits: limitsOf(rule, limits, path, loaded) }),
  };
};

const day = /^\d{4}-\d{2}-\d{2}$/;

const ignoresOf = (section: Section, loaded: LoadedConfig, file: string): readonly Ignore[] =>
  (section.ignore ?? []).map((one, at) => {
    const path = `workflow.ignore.${at}`;
    const rule = nameOf(ruleOf(one.rule, path, loaded));
    const { until } = one;
    if (until !== undefined && !day.test(until)) {
      refuse(loaded, path, {
        en: `until: a day such as 2027-03-31`,
        ja: 'until は 2027-03-31 のような日付で書いてください',
      });
    }
    return {
      rule,
      ...(one.file === undefined ? {} : { file: one.file }),
      ...(one.element === undefined ? {} : { element: one.element }),
      ...(one.reason === undefined || one.reason.trim() === '' ? {} : { reason: one.reason }),
      ...(until === undefined ? {} : { until }),
      place: { file, ...(loaded.locate(path) ?? { line: 1, column: 1 }) },
    };
  });

/** The rules' severities and limits, and what is silenced; a name that no rule has is an error with its place. */
export const lintSettings = (loaded: LoadedConfig | undefined, file: string): LintSettings => {
  const section = loaded?.config.workflow;
  if (!loaded || !section) return { rules: new Map(), ignore: [] };
  const rules = new Map<string, RuleSetting>();
  for (const [name, value] of Object.entries(section.rules ?? {})) {
    const path = `workflow.rules.${name}`;
    const rule = ruleOf(name, path, loaded);
    rules.set(nameOf(rule), settingOf(rule, value, path, loaded));
  }
  return { rules, ignore: ignoresOf(section, loaded, file) };
};
