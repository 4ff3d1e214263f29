let nowhere: MessagePort | undefined;

/**
 * Gives back the memory of bytes that nobody reads any more, at once: a file comes faster than the garbage collector looks, which
 * would let some hundred MiB of it stand. They are transferred to a port whose other end is closed, since what is posted there is
 * dropped; a port that is closed itself takes nothing. `ArrayBuffer.transfer(0)` leaves the memory to the collector in Chromium, whose own object of the buffer still holds it.
 */
export function release(bytes: Uint8Array<ArrayBuffer>): void {
  if (nowhere === undefined) {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    nowhere = port1;
  }
  nowhere.postMessage(null, [bytes.buffer]);
}
