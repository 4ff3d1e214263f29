import type { OpenSocket, SocketListener, SocketPort } from "./reconnecting-socket";

/** The real WebSocket to `path` of this page's own server, for binary messages only. */
export function browserSocketPort(path: string): SocketPort {
  return {
    connect: (listener) => connect(path, listener),
    after,
    random: Math.random,
  };
}

/** Runs `task` once after `delay_ms`; returns how to forget it. */
export function after(delay_ms: number, task: () => void): () => void {
  const timer = setTimeout(task, delay_ms);
  return () => clearTimeout(timer);
}

function connect(path: string, listener: SocketListener): OpenSocket {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => listener.opened();
  socket.onmessage = (event: MessageEvent<unknown>) => {
    if (event.data instanceof ArrayBuffer) listener.message(new Uint8Array(event.data));
  };
  socket.onclose = () => listener.closed();
  return {
    send: (bytes) => socket.send(bytes),
    close: () => socket.close(),
  };
}
