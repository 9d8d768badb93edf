import type { InEveryLanguage } from './language.ts';

/** Sentences about source trees: which are in use, where they come from. */
export interface SourceTexts {
  readonly inUse: (trees: string) => string;
  readonly sampleInUse: string;
  readonly sampleShort: string;
  readonly treeOf: (kind: 'acrn' | 'linux', version: string) => string;
  readonly serviceTree: (version: string) => string;
  readonly unknownVersion: string;
  readonly treeMissing: (kind: 'acrn' | 'linux') => string;
  readonly clickToSwitch: string;
  readonly accessible: (trees: string) => string;
  readonly switchTitle: string;
  readonly switchPlaceholder: string;
  readonly acrnGroup: string;
  readonly linuxGroup: string;
  readonly serviceGroup: string;
  readonly otherGroup: string;
  readonly sampleItem: string;
  readonly sampleItemDetail: string;
  readonly automatic: string;
  readonly automaticDetail: string;
  readonly sameAsGuest: string;
  readonly chooseFolders: string;
  readonly getSources: string;
  readonly gone: string;
  readonly searching: string;
  readonly getTitle: string;
  readonly getPlaceholder: string;
  readonly getDetail: (url: string, revision: string) => string;
  readonly defaultRevision: string;
  readonly folderTitle: string;
  readonly folderButton: string;
  readonly fetching: string;
  readonly fetchingOne: (name: string, doing: string, percent: number) => string;
  readonly alreadyThere: (folder: string) => string;
  readonly fetched: (folders: string) => string;
  readonly traceNow: string;
  readonly restricted: string;
  readonly manageTrust: string;
  readonly notYourTree: string;
  readonly webTip: (version: string) => string;
}

/** Sentences about source trees, in every language. */
export const SOURCE_TEXTS: InEveryLanguage<SourceTexts> = {
  en: {
    inUse: (trees) => `Virtio Trace reads ${trees}.`,
    sampleInUse: 'Virtio Trace shows its built-in sample: no source tree is open or set.',
    sampleShort: 'sample',
    treeOf: (kind, version) => `${kind === 'acrn' ? 'ACRN' : 'Linux'} ${version}`,
    serviceTree: (version) => `Service VM ${version}`,
    unknownVersion: 'of unknown version',
    treeMissing: (kind) => `${kind === 'acrn' ? 'ACRN' : 'Linux'} missing`,
    clickToSwitch: 'Select to switch.',
    accessible: (trees) => `Virtio Trace source trees: ${trees}`,
    switchTitle: 'Source trees that Virtio Trace reads',
    switchPlaceholder: 'A tree to use from now on',
    acrnGroup: 'ACRN: hypervisor and device model',
    linuxGroup: 'Linux: guest, and Service VM where it has none of its own',
    serviceGroup: 'Linux of the Service VM alone',
    otherGroup: 'More',
    sampleItem: 'Built-in sample',
    sampleItemDetail: 'A small tree of our own with the same file and function names.',
    automatic: 'Automatic',
    automaticDetail: 'What is found in and around the open folders; the sample where there is nothing.',
    sameAsGuest: 'The same as the guest',
    chooseFolders: 'Choose folders…',
    getSources: 'Get ACRN and Linux sources…',
    gone: 'not there any more',
    searching: 'Looking for source trees',
    getTitle: 'Get ACRN and Linux sources',
    getPlaceholder: 'What to fetch with git: the last commit, only the folders that the routes pass through',
    getDetail: (url, revision) => `${revision} of ${url}`,
    defaultRevision: 'default branch',
    folderTitle: 'Folder in which acrn-hypervisor and linux are made',
    folderButton: 'Fetch into this folder',
    fetching: 'Getting sources',
    fetchingOne: (name, doing, percent) => `${name}: ${doing}, ${percent} %`,
    alreadyThere: (folder) => `${folder} is already such a tree: it is used as it is.`,
    fetched: (folders) => `The sources are in ${folders}. They are used from now on.`,
    traceNow: 'Trace now',
    restricted: 'In Restricted Mode git is not run. Trust this workspace first.',
    manageTrust: 'Manage workspace trust',
    notYourTree: 'not your tree',
    webTip: (version) => `Opens ${version} on the web: not your tree.`,
  },
  'zh-cn': {
    inUse: (trees) => `Virtio Trace 正在读取 ${trees}。`,
    sampleInUse: 'Virtio Trace 正在显示内置示例：没有打开或设置任何源码树。',
    sampleShort: '示例',
    treeOf: (kind, version) => `${kind === 'acrn' ? 'ACRN' : 'Linux'} ${version} 版`,
    serviceTree: (version) => `Service VM 内核 ${version}`,
    unknownVersion: '（版本未知）',
    treeMissing: (kind) => `缺少 ${kind === 'acrn' ? 'ACRN' : 'Linux'}`,
    clickToSwitch: '选择以切换。',
    accessible: (trees) => `Virtio Trace 源码树：${trees}`,
    switchTitle: 'Virtio Trace 读取的源码树',
    switchPlaceholder: '选择今后使用的源码树',
    acrnGroup: 'ACRN：虚拟机监控器与设备模型',
    linuxGroup: 'Linux：客户机；Service VM 未另行指定时也用它',
    serviceGroup: '仅用于 Service VM 的 Linux',
    otherGroup: '更多',
    sampleItem: '内置示例',
    sampleItemDetail: '我们自己编写的小型源码树，文件名与函数名相同。',
    automatic: '自动',
    automaticDetail: '使用在已打开文件夹内外找到的源码树；没有则使用示例。',
    sameAsGuest: '与客户机相同',
    chooseFolders: '选择文件夹…',
    getSources: '获取 ACRN 和 Linux 源码…',
    gone: '已不存在',
    searching: '正在查找源码树',
    getTitle: '获取 ACRN 和 Linux 源码',
    getPlaceholder: '用 git 获取什么：仅最后一次提交，仅路线经过的文件夹',
    getDetail: (url, revision) => `${url} 的 ${revision}`,
    defaultRevision: '默认分支',
    folderTitle: '在哪个文件夹中创建 acrn-hypervisor 和 linux',
    folderButton: '获取到此文件夹',
    fetching: '正在获取源码',
    fetchingOne: (name, doing, percent) => `${name}：${doing}，${percent} %`,
    alreadyThere: (folder) => `${folder} 已经是这样的源码树：直接使用。`,
    fetched: (folders) => `源码位于 ${folders}。从现在起使用它们。`,
    traceNow: '立即跟踪',
    restricted: '受限模式下不会运行 git。请先信任此工作区。',
    manageTrust: '管理工作区信任',
    notYourTree: '不是您的源码树',
    webTip: (version) => `在网页上打开 ${version}：不是您的源码树。`,
  },
};
