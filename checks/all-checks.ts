import type { AnyCheck } from '../src/model/check.ts';
import { checkModules } from './checks.generated.ts';
import { collect } from './collect.ts';

// The kind was looked at, and only defineCheck makes values of it.
export const allChecks = collect('check', checkModules) as readonly AnyCheck[];
