import { build, type Plugin, type PluginOption, type Rolldown } from "vite";
import { VIEWS } from "./preload-views.ts";

/** By their names. */
type Files = ReadonlyMap<string, Rolldown.OutputChunk>;

/**
 * Puts the modules that the same pages need at the same time into one file. By itself the bundler makes a file for each set of
 * places that import a module, among them those that are opened much later: a page would begin with a hundred requests, most of
 * them for less than a kilobyte. So it is asked first what each page needs, without what no page uses of a module, and then
 * makes its files. Nothing comes earlier than without this: what only a later import needs stays apart.
 *
 * `pages`: each page's HTML file by its name. What a page's first script imports and what its views import are two times.
 * `plugins`: those that change which modules there are.
 */
export function filesByPage(pages: Readonly<Record<string, string>>, plugins: () => PluginOption[]): Plugin {
  let times: ReadonlyMap<string, readonly string[]> = new Map();
  const most = 2 * Object.keys(pages).length;
  // What more pages need comes first, since others import it.
  const groups = Array.from({ length: most }, (_, index) => ({
    debugName: `needed at ${most - index} times`,
    priority: most - index,
    includeDependenciesRecursively: false,
    name: (id: string) => {
      const when = times.get(id) ?? [];
      return when.length === most - index ? when.join("-") : null;
    },
  }));
  return {
    name: "beside-files-by-page",
    apply: "build",
    config: () => ({ build: { rolldownOptions: { output: { codeSplitting: { groups } } } } }),
    async buildStart() {
      times = timesOf(pages, await made(pages, plugins()));
    },
  };
}

/** What the bundler makes by itself. */
async function made(pages: Readonly<Record<string, string>>, plugins: PluginOption[]): Promise<Files> {
  const result = await build({
    configFile: false,
    logLevel: "silent",
    plugins,
    build: {
      write: false,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { input: { ...pages } },
    },
  });
  const { output } = result as Rolldown.RolldownOutput;
  const chunks = output.filter((file) => file.type === "chunk");
  return new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
}

/** Of each module, when it is needed: "console" at first, "console-views" right after. A page's first script stays as it is. */
function timesOf(pages: Readonly<Record<string, string>>, chunks: Files): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, page] of Object.entries(pages)) {
    const entry = [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId === page);
    if (entry === undefined) throw new Error(`there is no file of ${page}`);
    const first = reached([entry.fileName], chunks);
    const later = entry.dynamicImports.filter((file) => VIEWS.test(chunks.get(file)?.facadeModuleId ?? ""));
    const views = [...reached(later, chunks)].filter((file) => !first.has(file));
    const add = (file: string, time: string) => {
      for (const id of chunks.get(file)?.moduleIds ?? []) found.set(id, [...(found.get(id) ?? []), time]);
    };
    for (const file of first) if (file !== entry.fileName) add(file, name);
    for (const file of views) add(file, `${name}-views`);
  }
  return found;
}

/** These files and all that they import at once. */
function reached(files: readonly string[], chunks: Files): Set<string> {
  const found = new Set<string>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    open.push(...(chunks.get(file)?.imports ?? []));
  }
  return found;
}
