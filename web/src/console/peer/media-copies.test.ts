import { expect, it } from "vitest";
import { type MediaCopy, type MediaWish, passOn } from "./media-copies";

type Given = { type?: string; mimeType: string; width?: number; height?: number; bytes: readonly number[] };

/** A line through which these pass; what of them the page gets, and what comes out at its end. */
function bench() {
  const page: MediaCopy[] = [];
  const out: unknown[] = [];
  let keys = 0;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<MediaCopy>) => void page.push(data);
  const through = new TransformStream();
  const writer = through.writable.getWriter();
  passOn({
    options: { port: port2 },
    readable: through.readable,
    writable: new WritableStream({ write: (each) => void out.push(each) }),
    sendKeyFrameRequest: async () => {
      keys += 1;
    },
  });
  const passes = async ({ type, bytes, ...meta }: Given) => {
    const encoded = {
      ...(type === undefined ? {} : { type }),
      data: Uint8Array.from(bytes).buffer,
      getMetadata: () => ({ ...meta, rtpTimestamp: 7 }),
    };
    await writer.write(encoded);
    await settled();
    return encoded;
  };
  const wish = async (wanted: MediaWish) => {
    port1.postMessage(wanted);
    await settled();
  };
  const close = () => port1.close();
  return { page, out, passes, wish, close, keys: () => keys };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

const AV1_KEY = [10, 10, 0, 0, 0, 0x0c, 0xc4, 0xff, 0x67, 0, 0x68, 2, 0x32, 0xe1, 3, 0x10];

it("passes everything on, and copies only while that is wanted", async () => {
  const { page, out, passes, wish, close } = bench();
  const sound = { mimeType: "audio/opus", bytes: [1, 2] };
  const first = await passes(sound);
  await wish("copies");
  const second = await passes(sound);
  await wish("none");
  const third = await passes(sound);
  expect(out).toEqual([first, second, third]);
  expect(page.map(({ type, key, rtpTime }) => ({ type, key, rtpTime }))).toEqual([
    { type: "audio/opus", key: false, rtpTime: 7 },
  ]);
  expect([...new Uint8Array(page[0]?.data ?? new ArrayBuffer())]).toEqual([1, 2]);
  // What goes on to the decoder is whole.
  expect(second.data.byteLength).toBe(2);
  close();
});

it("tells the size of each picture by the last that stood by itself, and asks for one", async () => {
  const { page, passes, wish, close, keys } = bench();
  await wish("key");
  await wish("copies");
  await passes({ type: "key", mimeType: "video/AV1", bytes: AV1_KEY });
  await passes({ type: "delta", mimeType: "video/AV1", bytes: [1] });
  await passes({ type: "key", mimeType: "video/VP8", width: 320, height: 200, bytes: [1] });
  await passes({ type: "delta", mimeType: "video/VP8", bytes: [1] });
  expect(keys()).toBe(1);
  expect(page.map(({ key, width, height }) => [key, width, height])).toEqual([
    [true, 640, 360],
    [false, 640, 360],
    [true, 320, 200],
    [false, 320, 200],
  ]);
  close();
});
