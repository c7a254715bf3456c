import type { Text } from '../text.ts';

/** Where something of the map stands. */
export interface MapPlace {
  readonly file: string;
  readonly line: number;
}

/** One workflow on the map. */
export interface MapWorkflow extends MapPlace {
  /** Unique in the map; edges and fields name it. */
  readonly key: string;
  readonly id: string;
  readonly label?: Text;
  readonly format: string;
  readonly status: string;
  readonly object?: string;
  /** `update after`, `schedule`: how it starts. */
  readonly triggers: readonly string[];
  /** Something in it is not understood: it may read and write more than is shown. */
  readonly opaque: boolean;
  readonly mails: number;
  readonly callsOut: number;
}

/** What makes one workflow run another. */
export interface MapEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'starts' | 'calls' | 'signals';
  readonly because: Text;
  /** False: something on the way is not understood. */
  readonly sure: boolean;
  /** Part of a ring that never ends. */
  readonly endless: boolean;
}

/** Who reads and who writes a field. */
export interface MapField {
  readonly object: string;
  readonly field: string;
  readonly readers: readonly (MapPlace & { readonly workflow: string; readonly step?: string })[];
  readonly writers: readonly (MapPlace & {
    readonly workflow: string;
    readonly step: string;
    readonly value: string;
  })[];
}

/** Which workflows read, write and start what. */
export interface InteractionMap {
  readonly schema: 'crm-doctor/workflow-map/v1';
  readonly workflows: readonly MapWorkflow[];
  readonly edges: readonly MapEdge[];
  /** By object and name. */
  readonly fields: readonly MapField[];
}
