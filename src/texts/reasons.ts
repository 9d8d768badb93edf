import type { InEveryLanguage } from './language.ts';

const place = {
  renamed: 'In this version the same job is done under another name.',
  'split-later': 'In this version its code is part of the function shown.',
  moved: 'In this version it stands in another file.',
  'not-in-version': 'This version does not have the function.',
  'not-in-mainline': 'Only another fork of this kernel has the function.',
  'file-missing': 'Its file is not in this tree. Check that the checkout is complete.',
  'file-unreadable': 'Its file could not be read. Check its permissions.',
  'several-definitions': 'Several functions of this name stand in the file, and nothing tells which one is meant.',
  'no-tree': 'No source tree was given for this program.',
} as const;

const unproven = {
  'no-tree': 'No source tree was given for one of its sides.',
  'stage-absent': 'One of its two functions does not stand in this tree.',
  inlined: 'Both sides are one function in this version.',
  'no-call': 'The function that control leaves has no such call.',
  'no-binding': 'The call is there; nothing that was read binds the target to it.',
  'no-number': 'The number that both sides must share is not defined on one of them.',
  'number-differs': 'Both sides define the number, with different values.',
  'ioctl-abi-differs': "This device model speaks ioctl numbers that this kernel's driver does not have.",
  'no-handler': 'The number is sent, and no handler for it was found.',
  'no-registration': 'Nothing that was read registers the target for this.',
  'wrong-program': 'No boundary of this kind leads from the one program to the other.',
  'no-rule': 'Nothing is known about how to prove a hop of this kind.',
} as const;

/** Why a stage stands elsewhere or nowhere, by the code of the source map. */
export const PLACE_REASONS: InEveryLanguage<Readonly<Record<keyof typeof place, string>>> = {
  en: place,
  'zh-cn': {
    renamed: '在此版本中，同样的工作由另一个名称的函数完成。',
    'split-later': '在此版本中，其代码是所示函数的一部分。',
    moved: '在此版本中，它位于另一个文件。',
    'not-in-version': '此版本没有这个函数。',
    'not-in-mainline': '只有该内核的另一个分支才有这个函数。',
    'file-missing': '此源码树中没有它所在的文件。请检查检出是否完整。',
    'file-unreadable': '无法读取它所在的文件。请检查其权限。',
    'several-definitions': '该文件中有多个同名函数，无法判断指的是哪一个。',
    'no-tree': '没有为此程序指定源码树。',
  },
};

/** Why a hop is not proven, by the code of the source map. */
export const UNPROVEN_REASONS: InEveryLanguage<Readonly<Record<keyof typeof unproven, string>>> = {
  en: unproven,
  'zh-cn': {
    'no-tree': '没有为其中一侧指定源码树。',
    'stage-absent': '其中一个函数不在此源码树中。',
    inlined: '在此版本中，两侧是同一个函数。',
    'no-call': '控制离开的函数中没有这个调用。',
    'no-binding': '调用存在；但读到的代码中没有把目标绑定到它的地方。',
    'no-number': '双方必须共用的编号在其中一侧没有定义。',
    'number-differs': '双方都定义了该编号，但值不同。',
    'ioctl-abi-differs': '此设备模型使用的 ioctl 编号，在该内核的驱动中不存在。',
    'no-handler': '编号已发送，但没有找到它的处理函数。',
    'no-registration': '读到的代码中没有为此注册目标的地方。',
    'wrong-program': '从一个程序到另一个程序没有这种边界。',
    'no-rule': '尚不知道如何证明这种跳转。',
  },
};
