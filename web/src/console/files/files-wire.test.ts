import { create, toBinary } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { FilesMessageSchema } from "../../generated/proto/beside/v1/files_pb";
import { CHUNK_MAX_BYTES, encodeFiles, type FilesBody } from "./files-wire";

it.each([1, 127, 128, 100_000, 0xffff_ffff])(
  "a part of file %i is written as the library writes it",
  (transfer) => {
    for (const length of [1, 127, 128, 16_000, CHUNK_MAX_BYTES]) {
      const bytes = Uint8Array.from({ length: length + 2 }, (_, at) => at).subarray(1, length + 1);
      const body: FilesBody = { case: "transferChunk", value: { transfer, bytes } };
      expect(encodeFiles(body)).toEqual(toBinary(FilesMessageSchema, create(FilesMessageSchema, { body })));
    }
  },
);
