// A running session to start from, for tests that are about what happens in it.
import type { Browser } from "@playwright/test";
import type { Company } from "./api.ts";
import { App } from "./app.ts";
import { Desktop, type DesktopOptions } from "./desktop.ts";
import { type Language, labels } from "./labels.ts";
import { Operator, type Prepare } from "./operator.ts";
import { serverWithCompany } from "./ready.ts";
import type { Server } from "./server.ts";
import { text } from "./translations.ts";

export interface CaseOptions {
  language?: Language;
  /** Options of the department that differ from a new department's. */
  options?: Record<string, boolean>;
  /** The customer's screen. */
  desktop?: DesktopOptions;
  /** The server's settings file, TOML. */
  settings?: string;
  /** Called with the operator's page before the console loads in it. */
  prepare?: Prepare;
}

/** What the administrator sees of a record, as far as tests look at it. */
export interface KeptRecord {
  id: string;
  end_reason: string | null;
  memo: string;
  sealed: { head: string } | null;
  chat: { author: string; text: string }[];
  timeline: { source: string; kind: string; detail: Record<string, unknown> }[];
}

export class Case {
  private constructor(
    readonly server: Server,
    readonly company: Company,
    /** Another one after a restart. */
    public desktop: Desktop,
    /** At the console; another of theirs once that is closed. */
    public operator: Operator,
    readonly language: Language,
  ) {}

  /** Server, company, desktop and a signed-in operator; no session yet. */
  static async start(browser: Browser, { language = "en", options = {}, desktop: screen = {}, settings, prepare }: CaseOptions = {}): Promise<Case> {
    const { server, company } = await serverWithCompany(settings);
    const desktop = await Desktop.start(screen);
    try {
      const changed = Object.entries(options).map(([key, value]) => ({ key, value }));
      if (changed.length > 0) {
        await company.manage.put(`/api/manage/departments/${company.departmentId}/options`, { options: changed });
      }
      const operator = await Operator.signedIn(browser, server, company, language, { prepare });
      return new Case(server, company, desktop, operator, language);
    } catch (error) {
      await desktop.stop();
      await server.stop();
      throw error;
    }
  }

  /** The customer comes with this code. It stands in the file's name: filled in, and still confirmed. */
  async arrive(code: string): Promise<App> {
    return this.arriveIn("light", code);
  }

  /** The same, with the app in these colours. */
  async arriveIn(colours: "light" | "dark", code: string): Promise<App> {
    const app = await App.prepared(this.desktop, this.server, { language: this.language, code, colours });
    await app.press("button", labels[this.language].next);
    return app;
  }

  /** The customer comes with the code of a new session and agrees. */
  async join(): Promise<App> {
    const say = labels[this.language];
    const app = await this.arrive(await this.operator.newSession());
    await app.press("button", say.agree);
    await app.find("button", say.stop);
    await this.operator.picture.waitFor();
    return app;
  }

  /** The app on the operator's own computer, come by the code that the console shows for it [F-15]. */
  async ownApp(mine: Desktop): Promise<App> {
    const bar = this.operator.page.getByRole("group", { name: text(this.language, "console-tool-name-operator-control"), exact: true });
    const code = (await bar.locator("strong").innerText()).replace(/\D/g, "");
    const own = await App.prepared(mine, this.server, { language: this.language, code });
    await own.press("button", labels[this.language].next);
    return own;
  }

  /** The customer ends the session and goes; the next test begins with a new one. */
  async leave(app: App): Promise<void> {
    const say = labels[this.language];
    if (app.program.isRunning && (await app.shows("button", say.stop))) await app.press("button", say.stop);
    await app.program.stop();
    await this.operator.list();
  }

  /** Of the session that was joined last, as far as it is kept by now. */
  async newestRecord(): Promise<KeptRecord> {
    const list = await this.company.manage.get<{ records: { id: string }[] }>("/api/manage/records?page=1&page_size=20");
    const id = list.records[0]?.id;
    return id === undefined ? { id: "", end_reason: null, memo: "", sealed: null, chat: [], timeline: [] } : this.record(id);
  }

  async record(id: string): Promise<KeptRecord> {
    return this.company.manage.get<KeptRecord>(`/api/manage/records/${id}`);
  }

  /** The code of a session that no console has open: made by the contract alone, under the console's own sign-in [S-01]. */
  async codeWithoutConsole(): Promise<string> {
    const { request } = this.operator.context;
    const me = (await (await request.get(`${this.server.url}/api/console/me`)).json()) as { csrf_token: string };
    const headers = { Origin: this.server.url, "X-Beside-CSRF": me.csrf_token };
    const made = await request.post(`${this.server.url}/api/console/sessions`, { headers });
    return ((await made.json()) as { code: string }).code;
  }

  /** The lines of this kind in the newest record's timeline. */
  async lines(kind: string): Promise<Record<string, unknown>[]> {
    return (await this.newestRecord()).timeline.filter((line) => line.kind === kind).map((line) => line.detail);
  }

  /** What was refused, as the newest record's timeline has it. */
  async refusals(): Promise<string[]> {
    return (await this.lines("refused")).map((detail) => JSON.stringify(detail));
  }

  async stop(): Promise<void> {
    // A test that ran out of time has closed the browser already; what runs outside of it must end all the same.
    await Promise.allSettled([this.operator.context.close(), this.company.manage.close()]);
    await this.desktop.stop();
    await this.server.stop();
  }
}
