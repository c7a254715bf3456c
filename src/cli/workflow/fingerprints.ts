import { createHash } from 'node:crypto';
import type { Project } from '../../model/workflow/project.ts';

/** Where a thing stands says nothing of what it is: a comment above it moves it. */
const places = /(?:^place|Place|^places|^source|^line|^column)$/;

const plain = (key: string, value: unknown): unknown => {
  if (places.test(key)) return undefined;
  return value instanceof Map ? [...value] : value;
};

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value, plain)).digest('hex').slice(0, 16);

/** A run is kept as a file. Of more than these nothing is told: a part of them would seem to come and go. */
const most = { definitions: 2000, objects: 100, fields: 300 } as const;

/** By what a later run tells that a definition, or an object that they work on, is another one. */
export const fingerprintsOf = ({ workflows, schema }: Project) => {
  const objects = [...(schema.objects?.values() ?? [])].filter(({ fields }) => fields.size <= most.fields);
  return {
    ...(workflows.length > most.definitions
      ? {}
      : { definitions: workflows.map((one) => ({ name: one.id, hash: hashOf(one) })) }),
    ...(objects.length === 0 || objects.length > most.objects
      ? {}
      : {
          objects: objects.map(({ name, fields }) => ({
            name,
            fields: [...fields.values()]
              .map((field) => `${field.name}:${field.type}`)
              .toSorted()
              .join(', '),
          })),
        }),
  };
};
