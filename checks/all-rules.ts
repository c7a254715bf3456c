import type { Rule } from '../src/model/workflow/rule.ts';
import { collect } from './collect.ts';
import { ruleModules } from './rules.generated.ts';

// The kind was looked at, and only defineRule makes values of it.
export const allRules = collect('rule', ruleModules) as readonly Rule[];
