import { useCallback, useEffect, useRef, useState } from "react";
import { type Files, FilesProblem, type Folder, type RemotePlace } from "./files";
import { useDone } from "./use-done";

export type RemoteFolder = {
  readonly path: string | null;
  readonly folder: Folder | null;
  readonly places: readonly RemotePlace[];
  readonly loading: boolean;
  /** Why there is nothing to see; kebab-case. */
  readonly problem: string | null;
  go(path: string): void;
  refresh(): void;
  /** Where to send to, as soon as the first folder is known; empty, which is the customer's folder for downloads, where none is shown. */
  target(): Promise<string>;
};

/** The folder of the customer's that is shown. Read again whenever a file of the queue is done. */
export function useRemoteFolder(files: Files, browses: boolean): RemoteFolder {
  const [path, setPath] = useState<string | null>(null);
  const [folder, setFolder] = useState<Folder | null>(null);
  const [places, setPlaces] = useState<readonly RemotePlace[]>([]);
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef(0);

  const go = useCallback(
    (next: string) => {
      asked.current += 1;
      const own = asked.current;
      setPath(next);
      setLoading(true);
      files.list(next).then(
        (found) => {
          if (own !== asked.current) return;
          setFolder(found);
          setProblem(null);
          setLoading(false);
        },
        (error: unknown) => {
          if (own !== asked.current) return;
          setFolder(null);
          setProblem(codeOf(error));
          setLoading(false);
        },
      );
    },
    [files],
  );

  const begin = useCallback(() => {
    setLoading(true);
    files.places().then(
      (found) => {
        setPlaces(found);
        const first = found[0];
        if (first !== undefined) go(first.path);
        else setLoading(false);
      },
      (error: unknown) => {
        setProblem(codeOf(error));
        setLoading(false);
      },
    );
  }, [files, go]);

  const shown = useRef<string | null>(null);
  shown.current = path;
  useEffect(() => {
    // After a lost connection the operator is where they were.
    if (browses && shown.current !== null) go(shown.current);
    if (browses && shown.current === null) begin();
  }, [browses, begin, go]);

  const waiting = useRef<(() => void)[]>([]);
  const unknown = path === null && loading;
  useEffect(() => {
    if (!unknown) for (const goOn of waiting.current.splice(0)) goOn();
  }, [unknown]);
  const target = async () => {
    if (unknown) await new Promise<void>((resolve) => waiting.current.push(resolve));
    return shown.current ?? "";
  };

  const refresh = useCallback(() => (path === null ? begin() : go(path)), [path, begin, go]);
  useDone(files.queue, "send", () => {
    if (browses) refresh();
  });

  return { path, folder, places, loading, problem, go, refresh, target };
}

export function codeOf(error: unknown): string {
  return error instanceof FilesProblem ? error.code : "files-failed";
}
