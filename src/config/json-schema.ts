import { configShape, definitions } from './schema.ts';
import type { Rule } from './shape.ts';

type Schema = Readonly<Record<string, unknown>>;

const variable = '\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}';

const durationForm = '(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?';
/** Five fields; what may stand in each is told by the reader. */
const cronForm = '\\s*[\\w*,/-]+(\\s+[\\w*,/-]+){4}\\s*';

/** A number or a switch may come from the environment too. */
const orVariable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'string', pattern: `^${variable}$` }] });

const names = new Map<Rule, string>(Object.entries(definitions).map(([name, { rule }]) => [rule, name]));

const schemaOf = (rule: Rule): Schema => {
  const name = names.get(rule);
  return name === undefined ? written(rule) : { $ref: `#/$defs/${name}` };
};

const written = (rule: Rule): Schema => {
  switch (rule.kind) {
    case 'text':
    case 'path':
    case 'zone':
      return { type: 'string' };
    case 'integer':
      return orVariable({ type: 'integer' });
    case 'boolean':
      return orVariable({ type: 'boolean' });
    case 'duration':
      return { type: 'string', pattern: `^(${durationForm}|.*${variable}.*)$`, minLength: 1 };
    case 'pace':
      return { type: 'string', pattern: `^(off|${durationForm}|${cronForm}|.*${variable}.*)$`, minLength: 1 };
    case 'cron':
      return { type: 'string', pattern: `^(${cronForm}|.*${variable}.*)$` };
    case 'time-of-day':
      return { type: 'string', pattern: `^(([01]?\\d|2[0-3]):[0-5]\\d|24:00|.*${variable}.*)$` };
    case 'moment':
      return {
        type: 'string',
        pattern: `^(\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})?|.*${variable}.*)$`,
      };
    case 'tolerance':
      return {
        anyOf: [
          { type: 'number', minimum: 0 },
          {
            type: 'string',
            pattern: `^(\\d+(\\.\\d+)?|${durationForm}|.*${variable}.*)$`,
            minLength: 1,
          },
        ],
      };
    case 'choice':
      return rule.of.length === 1 ? { const: rule.of[0] } : orVariable({ enum: rule.of });
    case 'secret':
      return rule.form === 'value' ? { type: ['string', 'number', 'boolean'] } : { type: 'string' };
    case 'list':
      return { type: 'array', items: schemaOf(rule.item) };
    case 'named':
      return {
        type: 'array',
        items: { allOf: [schemaOf(rule.item), { type: 'object', required: ['name'] }] },
        minItems: 1,
      };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(rule.value) };
    case 'either':
      return { anyOf: rule.of.map(schemaOf) };
    case 'data':
      return {};
    case 'object': {
      const entries = Object.entries(rule.keys);
      const required = entries.filter(([, key]) => key.required).map(([name]) => name);
      const pairs = entries.flatMap(([name, key]) =>
        key.rule.kind === 'secret' && key.rule.form === 'value'
          ? [
              [name, `${name}File`],
              [name, `${name}Command`],
              [`${name}File`, `${name}Command`],
            ]
          : [],
      );
      return {
        type: 'object',
        properties: Object.fromEntries(
          entries.map(([name, key]) => [
            name,
            { ...(key.about === undefined ? {} : { description: key.about }), ...schemaOf(key.rule) },
          ]),
        ),
        ...(required.length > 0 ? { required } : {}),
        ...(rule.oneOf.length > 0 ? { oneOf: rule.oneOf.map((name) => ({ type: 'object', required: [name] })) } : {}),
        ...(Object.keys(rule.together).length > 0
          ? {
              dependentRequired: Object.fromEntries(
                Object.entries(rule.together).map(([key, other]) => [key, [other]]),
              ),
            }
          : {}),
        ...(pairs.length > 0 ? { not: { anyOf: pairs.map((both) => ({ type: 'object', required: both })) } } : {}),
        additionalProperties: false,
      };
    }
  }
};

/** The JSON Schema that is shipped as `schema/crm-doctor-config.v1.json`. */
export const configJsonSchema = (): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'crm-doctor-config.v1.json',
  title: 'crm-doctor.yaml',
  description: 'Configuration of crm-doctor. Every text may hold ${NAME} for a value from the environment.',
  ...written(configShape.rule),
  $defs: Object.fromEntries(Object.entries(definitions).map(([name, { rule }]) => [name, written(rule)])),
});
