import { said } from './event-texts.ts';

/** Lines about the run itself. */
export const MACHINE_LOGS = {
  forced: said(
    'what if: {condition}; the real code decides otherwise in {function} ({file}:{line})',
    '假设条件 {condition}；真实代码在 {function}（{file}:{line}）作出不同的决定',
  ),
  'outside-input': said('the outside sends to {end}: {taken} taken', '外部向 {end} 发送：接收 {taken}'),
  'outside-no-such-end': said('there is nobody at {end}', '{end} 处没有对端'),
  'outside-connected': said('{as} connects to {path}: {result}', '{as} 连接 {path}：{result}'),
  'outside-hung-up': said('the other end of {end} is gone', '{end} 的对端已离开'),
  'outside-stopped-reading': said('{end} reads no more', '{end} 不再读取'),
  'device-model-killed': said('acrn-dm is killed', 'acrn-dm 被终止'),
} as const;
