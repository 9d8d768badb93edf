import { beforeAll, describe, it } from 'vitest';
import type { ParseEngine } from '../../src/indexer/engine.ts';
import { check } from './check.ts';
import { testEngine } from './engine.ts';

let engine: ParseEngine;
beforeAll(async () => {
  engine = await testEngine();
});

describe('the marked fixtures', () => {
  const TREES: readonly (readonly string[])[] = [
    ['annotations.c'],
    ['conditionals.c'],
    ['macros.c'],
    ['bindings.c'],
    ['receivers.c', 'receivers.h'],
    ['flow.c'],
    ['registered.c'],
    ['units/north/main.c', 'units/north/more.c', 'units/south/main.c', 'units/shared/public.h'],
    ['standin.h', 'standin.c'],
    ['labels.S'],
    ['broken.c'],
  ];
  for (const files of TREES) {
    it(`${files.join(', ')}: everything found, nothing else`, () => check(engine, files));
  }
});
