import type { SocketPort } from "./reconnecting-socket";

/** A port whose connections are told of as open only once `ready` is there too; they are made meanwhile. */
export function openedAfter(port: SocketPort, ready: () => Promise<void>): SocketPort {
  return {
    ...port,
    connect: (listener) =>
      port.connect({
        ...listener,
        opened: () => void ready().then(() => listener.opened()),
      }),
  };
}
