import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SCHEMA_PATH, schemaText } from './schema-text.ts';

// Run by hand after a change of the validator: node scripts/run-ts.mjs test/scenarios/write-schema.ts
mkdirSync(path.dirname(SCHEMA_PATH), { recursive: true });
writeFileSync(SCHEMA_PATH, schemaText());
