import { toJsonSchema } from '@valibot/to-json-schema';
import { SCENARIO_SCHEMA } from '../../src/scenarios/schema.ts';

/** Where the published JSON Schema stands. */
export const SCHEMA_PATH = 'schemas/scenario.schema.json';

/** The JSON Schema of scenario files, written from the validator itself. */
export function schemaText(): string {
  const schema = toJsonSchema(SCENARIO_SCHEMA, { typeMode: 'input', target: 'draft-07' });
  const head = { title: 'Virtio Trace scenario', description: 'What to run in the emulated machine, format 1.' };
  return `${JSON.stringify({ ...schema, ...head }, null, 2)}\n`;
}
