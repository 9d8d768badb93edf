import type { Dialect, MaskForm, MaskRule } from '../../src/indexer/dialect.ts';

const masks = (form: MaskForm, names: string): MaskRule[] =>
  names.split(' ').map((name) => ({ name, form, reason: 'as in the fixtures' }));

/** What the fixtures' own macros mean. */
export const testDialect: Dialect = {
  name: 'fixtures',
  masks: [
    ...masks('word', '__user __iomem __force __init __packed'),
    ...masks('call', '__counted_by'),
    ...masks('loop', 'for_each_node'),
  ],
  makers: [
    { name: 'ENTRY2', nameArgument: 0, params: 'type-name-pairs', reason: 'types and names alternate' },
    { name: 'DEFINE_VECTOR', nameArgument: 0, params: 'none', reason: 'takes none' },
  ],
  registrars: [
    { name: 'INIT_WORK', kind: 'work', object: 0, handler: 1, reason: 'binds at run time' },
    { name: 'DECLARE_WORK', kind: 'work', object: 0, handler: 1, reason: 'binds at file scope' },
    { name: 'init_entry', kind: 'wait', object: 0, handler: 1, reason: 'binds an entry' },
  ],
  runners: [
    { name: 'queue_work', kind: 'work', object: 1, reason: 'runs it' },
    { name: 'wake', kind: 'wait', object: 0, reason: 'runs the entries' },
  ],
  attachers: [{ name: 'add_entry', kind: 'wait', object: 0, entry: 1, reason: 'puts an entry on a head' }],
  typeMacros: [{ name: 'container_of', type: 1, yields: 'pointer' }],
  units: [
    { name: 'north', prefixes: ['units/north/'], shared: false },
    { name: 'south', prefixes: ['units/south/'], shared: false },
    { name: 'shared', prefixes: ['units/shared/'], shared: true },
  ],
  labelMacros: [{ name: 'ENTRY', reason: 'as in the fixtures' }],
  neverDefined: ['GUARD_OF_ASSEMBLER'],
};
