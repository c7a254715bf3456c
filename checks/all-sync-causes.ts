import type { SyncCause } from '../src/model/sync/cause.ts';
import { collect } from './collect.ts';
import { syncCauseModules } from './sync-causes.generated.ts';

// The kind was looked at, and only defineSyncCause makes values of it.
export const allSyncCauses = collect('sync-cause', syncCauseModules) as readonly SyncCause[];
