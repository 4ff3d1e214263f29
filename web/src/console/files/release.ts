let nowhere: MessagePort | undefined;
let waiting: ArrayBuffer[] = [];
let waitingBytes = 0;

/** So much waits, since each posting costs as much as a message. */
const WAITING_BYTES = 256 * 1024;

/**
 * Gives back the memory of bytes that nobody reads any more, soon: a file comes faster than the garbage collector looks, which
 * would let some hundred MiB of it stand. They are transferred to a port whose other end is closed, since what is posted there is
 * dropped; a port that is closed itself takes nothing. `ArrayBuffer.transfer(0)` leaves the memory to the collector in Chromium, whose own object of the buffer still holds it.
 */
export function release(bytes: Uint8Array<ArrayBuffer>): void {
  waiting.push(bytes.buffer);
  waitingBytes += bytes.buffer.byteLength;
  if (waitingBytes < WAITING_BYTES) return;
  if (nowhere === undefined) {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    nowhere = port1;
  }
  nowhere.postMessage(null, waiting);
  waiting = [];
  waitingBytes = 0;
}
