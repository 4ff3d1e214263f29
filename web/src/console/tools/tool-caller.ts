import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ToolAnswer, ToolRequestSchema } from "../../generated/proto/beside/v1/peer_pb";
import { shown } from "../../shared/strangers-text";

export type Tool = NonNullable<MessageInitShape<typeof ToolRequestSchema>["tool"]>;
type Result = ToolAnswer["result"];

/** What came of a tool. `problem`: kebab-case, the app's, or one of ours: "not-connected", "interrupted", "no-answer", "too-much". */
export type ToolOutcome =
  | { readonly ok: true; readonly results: readonly Result[] }
  | { readonly ok: false; readonly problem: string; readonly detail: string };

/** A look at services or programs may take the customer's machine half a minute. */
const ANSWER_MAX_MS = 60_000;
/** Entries of one answer: more than the longest list that an app tells. */
const ENTRIES_MAX = 20_000;
/** Words of a stranger are cut. */
const WORDS_MAX = 256;

type Waiting = { readonly results: Result[]; entries: number; settle(outcome: ToolOutcome): void };

/** Asks the customer app for tools, and puts the parts of its answers together. */
export class ToolCaller {
  private lastId = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(
    private readonly send: (request: { id: number; tool: Tool }) => boolean,
    private readonly after: (delay_ms: number, task: () => void) => () => void,
  ) {}

  /** Never rejects. */
  run(tool: Tool): Promise<ToolOutcome> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve) => {
      const forget = this.after(ANSWER_MAX_MS, () => this.settle(id, failed("no-answer")));
      this.waiting.set(id, {
        results: [],
        entries: 0,
        settle: (outcome) => {
          forget();
          resolve(outcome);
        },
      });
      if (!this.send({ id, tool })) this.settle(id, failed("not-connected"));
    });
  }

  answered(answer: ToolAnswer): void {
    const waiting = this.waiting.get(answer.id);
    if (waiting === undefined) return;
    if (answer.problem !== "") {
      this.settle(answer.id, failed(cut(answer.problem), cut(answer.detail)));
      return;
    }
    waiting.entries += entriesOf(answer.result);
    if (waiting.entries > ENTRIES_MAX) {
      this.settle(answer.id, failed("too-much"));
      return;
    }
    if (answer.result.case !== undefined) waiting.results.push(answer.result);
    if (!answer.more) this.settle(answer.id, { ok: true, results: waiting.results });
  }

  /** The connection is over. Whether what was asked is done nevertheless, the record will tell. */
  interrupted(): void {
    for (const id of [...this.waiting.keys()]) this.settle(id, failed("interrupted"));
  }

  private settle(id: number, outcome: ToolOutcome): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.settle(outcome);
  }
}

function failed(problem: string, detail = ""): ToolOutcome {
  return { ok: false, problem, detail };
}

/** How much a part makes the page keep; one that is empty is something, too. */
function entriesOf(result: Result): number {
  switch (result.case) {
    case "processes":
      return 1 + result.value.processes.length;
    case "services":
      return 1 + result.value.services.length;
    case "system": {
      const { disks, networks, displays, programs } = result.value;
      return 1 + disks.length + networks.length + displays.length + programs.length;
    }
    default:
      return 1;
  }
}

/** A stranger's words, as long as they may be and as they may be shown. */
export function cut(text: string): string {
  return shown(text, WORDS_MAX);
}
