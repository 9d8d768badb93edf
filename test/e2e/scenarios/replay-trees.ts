import { type Folders, trace, walk } from '../replay.ts';
import { presentTree, type Scenario } from '../runner.ts';

const folders = (): Folders => ({ acrn: presentTree('acrn'), linux: presentTree('linux') });

/** What the product is for: the user's own checkouts. */
export const replayOnTrees: readonly Scenario[] = [
  {
    name: 'real trees named in the settings: the whole path, the editor at every step',
    needs: ['acrn', 'linux'],
    settings: () => ({ 'virtioTrace.acrnPath': folders().acrn, 'virtioTrace.linuxPath': folders().linux }),
    run: async ({ open }) => {
      const window = await open();
      const replay = await trace(window);
      await window.screenshot('start');
      await walk(window, replay, folders(), 'to the end');
      await window.screenshot('end');
    },
  },
  {
    name: 'an ACRN tree as the open folder, Linux named in the settings: both are used',
    needs: ['acrn', 'linux'],
    settings: () => ({ 'virtioTrace.linuxPath': folders().linux }),
    run: async ({ open }) => {
      const window = await open(folders().acrn);
      const replay = await trace(window);
      await walk(window, replay, folders(), 'far enough');
    },
  },
];
