import type { AnyCause } from '../src/model/cause.ts';
import type { AnyCheck } from '../src/model/check.ts';
import { causeModules } from './causes.generated.ts';
import { checkModules } from './checks.generated.ts';

const isA = (kind: 'check' | 'cause', value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;

/** Exports are a check, or a record of one check a protocol. */
const collect = (kind: 'check' | 'cause', modules: readonly object[]): readonly unknown[] =>
  modules.flatMap((module) =>
    Object.values(module).flatMap((value: unknown) => {
      if (isA(kind, value)) return [value];
      if (typeof value !== 'object' || value === null) return [];
      return Object.values(value).filter((inner) => isA(kind, inner));
    }),
  );

// The kind was looked at, and only defineCheck and defineCause make values of it.
export const allChecks = collect('check', checkModules) as readonly AnyCheck[];
export const allCauses = collect('cause', causeModules) as readonly AnyCause[];
