import type { AnyCause } from '../src/model/cause.ts';
import { causeModules } from './causes.generated.ts';
import { collect } from './collect.ts';

// The kind was looked at, and only defineCause makes values of it.
export const allCauses = collect('cause', causeModules) as readonly AnyCause[];
