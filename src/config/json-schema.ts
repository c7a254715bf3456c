import { configShape, definitions } from './schema.ts';
import type { Rule } from './shape.ts';

type Schema = Readonly<Record<string, unknown>>;

const variable = '\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}';

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
      return { type: 'string', pattern: `^((\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?|.*${variable}.*)$`, minLength: 1 };
    case 'tolerance':
      return {
        anyOf: [
          { type: 'number', minimum: 0 },
          {
            type: 'string',
            pattern: `^(\\d+(\\.\\d+)?|(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?|.*${variable}.*)$`,
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
