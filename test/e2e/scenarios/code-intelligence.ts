import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CEditor, oneLike, plain } from '../c-editor.ts';
import { definitionLines } from '../definitions.ts';
import { Replay, until } from '../replay.ts';
import { presentTree, type Scenario } from '../runner.ts';
import type { Workbench } from '../workbench.ts';

const CONSOLE = 'devicemodel/hw/pci/virtio/virtio_console.c';
const VIRTIO = 'devicemodel/hw/pci/virtio/virtio.c';

const settings = (more: Readonly<Record<string, unknown>> = {}) => ({
  'virtioTrace.acrnPath': presentTree('acrn'),
  'virtioTrace.linuxPath': presentTree('linux'),
  ...more,
});

/** Line and column of the first place of a text in a file of a tree. */
function textAt(tree: 'acrn' | 'linux', file: string, text: string, word = text): { line: number; column: number } {
  const lines = readFileSync(path.join(presentTree(tree), file), 'utf8').split('\n');
  const row = lines.findIndex((line) => line.includes(text));
  assert.ok(row >= 0, `${text} does not stand in ${file}`);
  const before = lines[row]?.slice(0, (lines[row]?.indexOf(text) ?? 0) + text.indexOf(word)) ?? '';
  // the editor counts columns as they are seen, a tab as four
  return { line: row + 1, column: before.replace(/\t/g, '    ').length + 2 };
}

const headOf = (tree: 'acrn' | 'linux', file: string, name: string): number => {
  const [line] = definitionLines(presentTree(tree), file, name);
  assert.ok(line !== undefined, `${name} is not defined in ${file}`);
  return line;
};

async function inAcrn(open: (folder?: string) => Promise<Workbench>): Promise<{ window: Workbench; editor: CEditor }> {
  const window = await open(presentTree('acrn'));
  return { window, editor: new CEditor(window) };
}

/** What a person meets who reads C: lenses, hovers, callers and callees, diagnostics, and lines that move with edits. */
export const codeIntelligence: readonly Scenario[] = [
  {
    name: 'intel: lenses above stages, bindings and boundaries, and each does something',
    needs: ['acrn', 'linux'],
    settings: () => settings(),
    run: async ({ open }) => {
      const { window, editor } = await inAcrn(open);
      const head = headOf('acrn', CONSOLE, 'virtio_console_notify_tx');
      await editor.open('virtio_console.c', head);
      await editor.sees(/stage \d+ of stock \(\+\d+ routes\) · through vq->notify from virtio_pci_legacy_write/);
      await editor.sees(/replay from here/);
      await editor.sees(/next: .*virtio_console_vq_to_port/);
      await window.screenshot('stage');
      const bound = textAt('acrn', CONSOLE, ': virtio_console_notify_tx;');
      await editor.goTo(bound.line);
      await editor.sees(/bound here: called at 5 places/);
      await window.screenshot('bindings');
      await editor.lens('called at 5 places').click();
      oneLike(await editor.peekRows(), /vq->notify/);
      await window.screenshot('peek');
      await editor.escape();
      const attach = textAt('acrn', 'devicemodel/core/vmmapi.c', 'ACRN_IOCTL_ATTACH_IOREQ_CLIENT');
      await editor.open('vmmapi.c', attach.line);
      await editor.sees(/ioctl ACRN_IOCTL_ATTACH_IOREQ_CLIENT: handled in acrn_dev_ioctl/);
      await window.screenshot('boundary');
      await editor.open('virtio_console.c', head);
      await editor.lens(/next: .*virtio_console_vq_to_port/).click();
      const next = headOf('acrn', CONSOLE, 'virtio_console_vq_to_port');
      await until('the next stage', async () => (await window.shown())?.line === next, 10_000);
    },
  },
  {
    name: 'in Chinese: lenses, hovers, callers, and the replay panel with its tabs',
    needs: ['acrn', 'linux'],
    server: () => ({ locale: 'zh-cn' }),
    settings: () => settings(),
    run: async ({ open }) => {
      const { window, editor } = await inAcrn(open);
      await editor.open('virtio_console.c', headOf('acrn', CONSOLE, 'virtio_console_notify_tx'));
      await editor.sees(/stock 的阶段 \d+/);
      const hover = await editor.hover(/执行上下文/);
      assert.match(hover, /回溯到客户机的写操作/);
      await window.screenshot('hover');
      await editor.escape();
      await window.palette('Virtio Trace: 显示经指针和边界的调用者');
      await editor.viewRows(/virtio_pci_legacy_write\s*经函数指针调用/);
      const said = window.page.locator('.pane-body .message, .tree-explorer-viewlet-tree-view .message');
      assert.match(plain((await said.allInnerTexts()).join(' ')), /找到 5 处，0 处未能确定/);
      await window.screenshot('callers');
      await window.page.keyboard.press('Escape');
      await editor.goTo(headOf('acrn', CONSOLE, 'virtio_console_notify_tx'));
      await editor.lens('从此处回放').click();
      await window.answer(undefined, '回放哪条路');
      const panel = window.panel();
      await panel.getByRole('button', { name: '下一步', exact: true }).waitFor({ timeout: 60_000 });
      await panel.getByText('virtio_console_notify_tx').first().waitFor();
      await panel.getByRole('tab', { name: '状态', exact: true }).click();
      await window.page.waitForTimeout(800);
      await window.screenshot('state');
      await panel.getByRole('tab', { name: '原因', exact: true }).click();
      const why = async (): Promise<boolean> =>
        /[\u4e00-\u9fff]{8}/.test((await panel.locator('.why').textContent()) ?? '');
      await until('the reason in Chinese', why, 10_000);
      await window.screenshot('why');
    },
  },
  {
    name: 'intel: hovers on a stage, a call through a pointer and constants',
    needs: ['acrn', 'linux'],
    settings: () => settings(),
    run: async ({ open }) => {
      const { window, editor } = await inAcrn(open);
      await editor.open('virtio_console.c', headOf('acrn', CONSOLE, 'virtio_console_notify_tx'), 3);
      const stage = await editor.hover(/Back to the guest's write/);
      for (const part of [
        'guest kernel',
        'n_tty_write',
        'VM exit',
        'acrn_insert_request',
        'ioreq_dispatcher',
        'vm_loop',
      ]) {
        assert.ok(stage.includes(part), `the chain lacks ${part}: ${stage}`);
      }
      assert.match(stage, /Runs in .*acrn-dm thread/);
      assert.match(stage, /On to the bytes: .*virtio_console_backend_write/);
      await window.screenshot('stage');
      await window.page.locator('.monaco-hover a', { hasText: 'hvc_write' }).first().click();
      await until('hvc_console.c', async () => (await window.shown())?.file.endsWith('hvc_console.c') === true, 15_000);
      const call = textAt('acrn', VIRTIO, '(*vq->notify)(DEV_STRUCT(base), vq)', 'notify');
      await editor.open('virtio.c', call.line, call.column);
      const pointer = await editor.hover(/vq->notify: \d+ targets/);
      const bound = textAt('acrn', CONSOLE, ': virtio_console_notify_tx;');
      assert.ok(pointer.includes(`virtio_console.c:${bound.line}`), pointer);
      await window.screenshot('pointer');
      await editor.escape();
      const register = textAt('acrn', VIRTIO, 'case VIRTIO_PCI_QUEUE_NOTIFY', 'VIRTIO_PCI_QUEUE_NOTIFY');
      await editor.goTo(register.line, register.column);
      const constant = await editor.hover(/virtio 1\.2, section 4\.1\.5\.2/);
      assert.match(constant, /Number 0x10 \(16\).*virtio_pci\.h/);
      await window.screenshot('register');
      await editor.escape();
      const number = textAt('acrn', 'devicemodel/core/vmmapi.c', 'ACRN_IOCTL_ATTACH_IOREQ_CLIENT');
      await editor.open('vmmapi.c', number.line, number.column);
      const ioctl = await editor.hover(/0xa233/);
      assert.match(ioctl, /acrn_dev_ioctl/);
      await window.screenshot('ioctl');
      await editor.escape();
      await editor.open('virtio.c', call.line, call.column);
      await window.page.keyboard.press('F12');
      oneLike(await editor.peekRows(), /virtio_console\.c/);
      await window.screenshot('definition');
    },
  },
  {
    name: 'intel: callers in the References view with kinds, evidence and what is not resolved; call hierarchy',
    needs: ['acrn', 'linux'],
    settings: () => settings(),
    run: async ({ open }) => {
      const { window, editor } = await inAcrn(open);
      await editor.open('virtio_console.c', headOf('acrn', CONSOLE, 'virtio_console_notify_tx'), 3);
      await editor.sees(/stage \d+ of stock/);
      await callersAreShown(window, editor);
      await window.page.keyboard.press('Escape');
      await editor.goTo(headOf('acrn', CONSOLE, 'virtio_console_notify_tx'), 3);
      await window.page.keyboard.press('Shift+Alt+KeyH');
      await editor.viewRows(/virtio_pci_legacy_write.*call through pointer \(\*vq->notify\)/);
      await window.screenshot('hierarchy');
    },
  },
  {
    name: 'intel: with another C extension whose call hierarchy wins, the command still reaches ours',
    needs: ['acrn', 'linux'],
    settings: () => settings(),
    server: () => ({ fixtures: ['other-c'] }),
    run: async ({ open }) => {
      const { window, editor } = await inAcrn(open);
      await editor.open('virtio_console.c', headOf('acrn', CONSOLE, 'virtio_console_notify_tx'), 3);
      await editor.sees(/stage \d+ of stock/);
      await window.page.waitForTimeout(6000);
      await window.page.keyboard.press('Shift+Alt+KeyH');
      await editor.viewRows(/the-other-extension/);
      await window.screenshot('theirs');
      await editor.open('virtio_console.c', headOf('acrn', CONSOLE, 'virtio_console_notify_tx'), 3);
      await callersAreShown(window, editor);
    },
  },
  {
    name: 'intel: diagnostics are off until the setting asks, then hazards stand at their lines with the scenario',
    needs: ['acrn', 'linux'],
    settings: () => settings({ 'virtioTrace.diagnostics': true }),
    run: async ({ open }) => {
      const { window, editor } = await inAcrn(open);
      const hazard = headOf('acrn', VIRTIO, 'vq_getchain');
      await editor.open('virtio.c', hazard, 3);
      await window.palette('Problems: Focus on Problems View');
      await window.page
        .locator('.markers-panel-container input:visible, .panel input:visible')
        .first()
        .fill('descriptor-lost');
      const row = window.page.locator('.markers-panel .monaco-list-row', { hasText: 'the chain at descriptor' });
      await row.first().waitFor({ timeout: 90_000 });
      await window.screenshot('problems');
      await editor.open('virtio.c', hazard, 3);
      await window.page.keyboard.press('Control+Period');
      const fix = window.page.locator('.action-widget .monaco-list-row', { hasText: 'Run the scenario' });
      await fix.first().waitFor({ timeout: 15_000 });
      await window.screenshot('action');
    },
  },
  {
    name: 'intel: ten lines typed above a stage; lenses go along without a flicker, and the replay shows the new line',
    needs: ['acrn', 'linux'],
    settings: () => ({ 'virtioTrace.linuxPath': presentTree('linux') }),
    run: async ({ open }) => {
      const folder = copyOfAcrn();
      const window = await open(folder);
      const editor = new CEditor(window);
      const head = headOf('acrn', CONSOLE, 'virtio_console_notify_tx');
      await editor.open('virtio_console.c', head - 2);
      await editor.sees(/stage \d+ of stock .*from virtio_pci_legacy_write/);
      await editor.goTo(head - 2);
      await window.page.keyboard.press('End');
      for (let line = 0; line < 10; line++) {
        await window.page.keyboard.press('Enter');
        await window.page.keyboard.type('int typed;');
        await editor.sees(/stage \d+ of stock .*from virtio_pci_legacy_write/, 500);
      }
      await window.screenshot('typed');
      await editor.lens(/replay from here/).click();
      await window.answer('stock');
      const replay = new Replay(window);
      await until('the replay', async () => (await replay.step()).function === 'virtio_console_notify_tx', 60_000);
      await until('the moved line', async () => (await window.shown())?.line === head + 10, 15_000);
      await window.screenshot('replayed');
    },
  },
];

async function callersAreShown(window: Workbench, editor: CEditor): Promise<void> {
  await window.palette('Show callers through pointers and boundaries');
  const rows = await editor.viewRows(/virtio_pci_legacy_write\s*call through pointer \(\*vq->notify\)/);
  oneLike(rows, /iothread_handler\s*call through pointer/);
  const said = plain(
    (await window.page.locator('.pane-body .message, .tree-explorer-viewlet-tree-view .message').allInnerTexts()).join(
      ' ',
    ),
  );
  assert.match(said, /5 found, 0 sites not resolved\. Rests on \d+ indexed files/);
  await window.page.locator('.pane-body .monaco-list-row', { hasText: 'virtio_pci_legacy_write' }).first().click();
  await window.page.keyboard.press('ArrowRight');
  await editor.viewRows(/binding · .*virtio_console_notify_tx/);
  await window.screenshot('callers');
}

/** A copy that can be edited: the device model and the hypervisor of the tree. */
function copyOfAcrn(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'virtio-trace-acrn-'));
  const root = presentTree('acrn');
  for (const part of ['devicemodel', 'hypervisor']) {
    mkdirSync(path.join(folder, part));
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true, verbatimSymlinks: true });
  }
  cpSync(path.join(root, 'VERSION'), path.join(folder, 'VERSION'));
  return folder;
}
