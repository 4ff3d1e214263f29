// Writes FILE.br and FILE.gz beside each text file of dist, so that the server compresses nothing at run time.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSED = new Set([".html", ".js", ".css", ".svg", ".wasm", ".json", ".txt", ".webmanifest"]);
const SMALLEST_BYTES = 512;

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const names = await readdir(dist, { recursive: true });

for (const name of names) {
  const path = join(dist, name);
  if (!COMPRESSED.has(extname(name)) || !(await stat(path)).isFile()) continue;
  const bytes = await readFile(path);
  if (bytes.length < SMALLEST_BYTES) continue;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
  console.log(`${name}  ${bytes.length} → br ${br.length}, gz ${gz.length}`);
}
