/** Where a browser tab keeps what leads it back to its session, over a reload and no longer. */
type Memory = Pick<Storage, "getItem" | "setItem">;

const KEY = "beside-viewer-ticket";

/** What opens this page's next socket: at first the ticket of its address, then the one that the server gave last. Each works once. */
export class Tickets {
  private ticket: string;

  /** `fragment`: of the page's address, which is a secret; `forgetAddress` takes it out of the address and the history. */
  constructor(
    fragment: string,
    private readonly memory: Memory,
    forgetAddress: () => void,
  ) {
    const given = fragment.replace(/^#/, "");
    this.ticket = given === "" ? (memory.getItem(KEY) ?? "") : given;
    if (given === "") return;
    // Kept until the server gives the next one: it takes this one again for as long as the page did not go on by it.
    memory.setItem(KEY, given);
    forgetAddress();
  }

  get(): string {
    return this.ticket;
  }

  set(ticket: string): void {
    this.ticket = ticket;
    this.memory.setItem(KEY, ticket);
  }
}
