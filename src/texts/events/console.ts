import { said } from './event-texts.ts';

/** Lines that virtio_console.c of acrn-dm logs. */
export const CONSOLE_LOGS = {
  'console-invalid-options': said('the options of the console are malformed', '控制台的选项格式有误'),
  'console-port-ready-unknown-port': said(
    'the guest says that port {port} is ready, which does not exist',
    '客户机称端口 {port} 已就绪，但没有这个端口',
  ),
  'console-control-send-getchain': said('no buffer of the control queue could be taken', '无法从控制队列取得缓冲区'),
  'console-tx-getchain': said('no chain of the transmit queue could be taken', '无法从发送队列取得链'),
  'console-rx-getchain': said('no chain of the receive queue could be taken', '无法从接收队列取得链'),
  'console-read-failed': said('reading the backend gave {len}: it is given up', '读取后端得到 {len}：放弃该后端'),
  'console-write-failed': said('writing to the backend failed with errno {errno}', '写入后端失败，errno 为 {errno}'),
  'console-openpt-failed': said(
    'no pseudo-terminal could be opened, errno {errno}',
    '无法打开伪终端，errno 为 {errno}',
  ),
  'console-stdio-in-use': said('another port uses stdio already', '已有端口在使用 stdio'),
  'console-open-failed': said('{path} could not be opened', '无法打开 {path}'),
  'console-not-a-tty': said('{path} is no terminal', '{path} 不是终端'),
  'console-socket-failed': said('no socket could be made', '无法创建 socket'),
  'console-ptsname-failed': said(
    'the name of the pseudo-terminal is not known, errno {errno}',
    '无法得知伪终端的名称，errno 为 {errno}',
  ),
  'console-pts-open-failed': said(
    'the other end of the pseudo-terminal could not be opened, errno {errno}',
    '无法打开伪终端的另一端，errno 为 {errno}',
  ),
  'console-redirected-frame': said('a frame around the next line', '下一行的边框'),
  'console-redirected': said('the port is at {path}', '该端口位于 {path}'),
  'console-port-path-null': said('the socket has no path', '该 socket 没有路径'),
  'console-bind-error': said('the socket could not be bound, errno {errno}', '无法绑定 socket，errno 为 {errno}'),
  'console-listen-error': said('the socket cannot listen, errno {errno}', 'socket 无法监听，errno 为 {errno}'),
  'console-fcntl-error': said('the socket cannot be made non-blocking', '无法把 socket 设为非阻塞'),
  'console-peer-not-exist': said('nothing is at {path} to connect to', '{path} 处没有可连接的对象'),
  'console-connect-error': said('the socket could not connect, errno {errno}', 'socket 无法连接，errno 为 {errno}'),
  'console-socket-type-unknown': said('a socket is server or client, nothing else', 'socket 只能是 server 或 client'),
  'console-fcntl-get-failed': said(
    'the flags of the socket could not be read, errno {errno}',
    '无法读取 socket 的标志，errno 为 {errno}',
  ),
  'console-accept-error': said(
    'a client of {path} could not be accepted, errno {errno}',
    '无法接受 {path} 的客户端，errno 为 {errno}',
  ),
  'console-accept-mevent-failed': said('the connection could not be added to the event loop', '无法把连接加入事件循环'),
  'console-accept-fcntl-failed': said('the connection cannot be made non-blocking', '无法把连接设为非阻塞'),
  'console-invalid-backend': said('there is no backend {backend}', '没有名为 {backend} 的后端'),
  'console-port-path-missing': said('port {port} has no path', '端口 {port} 没有路径'),
  'console-configure-port-name': said('a port has no name', '有端口没有名称'),
  'console-config-backend-failed': said('the backend could not be configured', '无法配置后端'),
  'console-add-port-failed': said('the port could not be added', '无法添加端口'),
  'console-mevent-failed': said('the backend could not be added to the event loop', '无法把后端加入事件循环'),
} as const;
