// A customer that comes with each new code, agrees when the operator is there, and comes again after the end.
import type { Api } from "../parts/api.ts";
import { App } from "../parts/app.ts";
import type { Desktop } from "../parts/desktop.ts";
import { type Language, labels } from "../parts/labels.ts";
import type { Server } from "../parts/server.ts";
import { text } from "../parts/translations.ts";

export class DemoCustomer {
  private app: App | undefined;
  private gone = false;

  constructor(
    private readonly desktop: Desktop,
    private readonly server: Server,
    private readonly operator: Api,
    private readonly language: Language,
  ) {}

  /** Makes a session, starts the app and types the session's code; gives the code. */
  async arrive(): Promise<string> {
    const { code } = await this.operator.post<{ code: string }>("/api/console/sessions");
    const say = labels[this.language];
    this.app = await App.prepared(this.desktop, this.server, { language: this.language });
    await this.app.fill(say.connectionCode, code);
    await this.app.press("button", say.next);
    return code;
  }

  /** Goes through sessions until it is told to leave. */
  async stay(arrived: (code: string) => void): Promise<void> {
    const say = labels[this.language];
    while (!this.gone && this.app !== undefined) {
      const { app } = this;
      // Nobody may come within the code's ten minutes, or the operator goes before it is agreed to.
      const over = () => app.shows("text", text(this.language, "customer-ended-title"));
      await this.until(async () => (await app.shows("button", say.agree)) || (await over()));
      if (!this.gone && !(await over())) {
        await app.press("button", say.agree);
        await this.until(async () => (await app.shows("button", say.stop)) || (await over()));
        await this.until(async () => !(await app.shows("button", say.stop)));
      }
      await app.program.stop();
      if (!this.gone) arrived(await this.arrive());
    }
  }

  async leave(): Promise<void> {
    this.gone = true;
    await this.app?.program.stop();
  }

  private async until(happened: () => Promise<boolean>): Promise<void> {
    while (!this.gone && !(await happened())) await new Promise((resolve) => setTimeout(resolve, 400));
  }
}
