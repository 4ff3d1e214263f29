// What a recording holds, by its file (docs/recordings.md).

/** How many packets of each voice a recording holds. */
export function packetsIn(file: Buffer): { operator: number; customer: number } {
  const found = { operator: 0, customer: 0 };
  for (let piece = 0; piece < file.length; ) {
    const end = piece + 20 + file.readUInt32LE(piece + 16);
    for (let at = piece + 20; at < end; at += 9 + file.readUInt32LE(at + 5)) {
      if (file.readUInt8(at) === 6) found[file.readUInt8(at + 9) === 1 ? "operator" : "customer"] += 1;
    }
    piece = end;
  }
  return found;
}
