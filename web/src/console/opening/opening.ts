import type { OperatorSession } from "../console-api";
import type { Workspace } from "../workspace/workspace";

type Startable = Pick<Workspace, "start" | "stop">;

export type OpeningPort<W extends Startable> = {
  /** Who is signed in; null: nobody. */
  findMe(): Promise<OperatorSession | null>;
  /** This tab was loaded again while sessions were open in it. */
  readonly comesBack: boolean;
  createWorkspace(doubt: () => void): W;
};

/**
 * What the console begins as soon as its first script runs, while the views are still on their way: who is signed in, and,
 * where sessions were open before a reload, the way back into them.
 */
export class Opening<W extends Startable = Workspace> {
  private me: Promise<OperatorSession | null> | null;
  private workspace: W | null = null;
  private doubted = false;
  private doubt = () => {
    this.doubted = true;
  };

  constructor(private readonly port: OpeningPort<W>) {
    this.me = port.findMe();
    if (port.comesBack) {
      this.workspace = port.createWorkspace(() => this.doubt());
      this.workspace.start();
    }
    this.me.then(
      (me) => {
        if (me === null) this.drop();
      },
      // Told to the view, which takes the same answer.
      () => {},
    );
  }

  /** Who is signed in: what was asked at first, and at later calls what the server says then. */
  findMe(): Promise<OperatorSession | null> {
    const first = this.me;
    this.me = null;
    return first ?? this.port.findMe();
  }

  /** The workspace that is on its way, once. `doubt`: whether somebody is signed in is to be asked again. */
  takeWorkspace(doubt: () => void): W | null {
    const { workspace } = this;
    this.workspace = null;
    if (workspace !== null) {
      this.doubt = doubt;
      if (this.doubted) doubt();
    }
    return workspace;
  }

  private drop(): void {
    this.workspace?.stop();
    this.workspace = null;
  }
}
