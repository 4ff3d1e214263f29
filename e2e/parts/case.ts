// A running session to start from, for tests that are about what happens in it.
import type { Browser } from "@playwright/test";
import { type Company, makeCompany } from "./api.ts";
import { App } from "./app.ts";
import { Desktop, type DesktopOptions } from "./desktop.ts";
import { type Language, labels } from "./labels.ts";
import { Operator } from "./operator.ts";
import { Server } from "./server.ts";

export interface CaseOptions {
  language?: Language;
  /** Options of the department that differ from a new department's. */
  options?: Record<string, boolean>;
  /** The customer's screen. */
  desktop?: DesktopOptions;
  /** The customer's screen. */
  screen?: DesktopOptions;
  /** Called with the operator's page before the console loads in it. */
  prepare?: (operator: Operator) => Promise<void>;
}

export class Case {
  private constructor(
    readonly server: Server,
    readonly company: Company,
    readonly desktop: Desktop,
    readonly operator: Operator,
    readonly language: Language,
  ) {}

  /** Server, company, desktop and a signed-in operator; no session yet. */
  static async start(browser: Browser, { language = "en", options = {}, desktop: screen = {}, prepare }: CaseOptions = {}): Promise<Case> {
    const server = await Server.start();
    const desktop = await Desktop.start(screen);
    try {
      const company = await makeCompany(server);
      const changed = Object.entries(options).map(([key, value]) => ({ key, value }));
      if (changed.length > 0) {
        await company.manage.put(`/api/manage/departments/${company.departmentId}/options`, { options: changed });
      }
      const operator = await Operator.signIn(browser, server, company.operator, language);
      if (prepare !== undefined) {
        await prepare(operator);
        await operator.page.reload();
      }
      return new Case(server, company, desktop, operator, language);
    } catch (error) {
      await desktop.stop();
      await server.stop();
      throw error;
    }
  }

  /** The customer types the code of a new session and agrees. */
  async join(): Promise<App> {
    const say = labels[this.language];
    const code = await this.operator.newSession();
    const app = await App.prepared(this.desktop, this.server, { language: this.language });
    await app.fill(say.connectionCode, code);
    await app.press("button", say.connect);
    await app.press("button", say.agree);
    await app.find("button", say.stop);
    await this.operator.picture.waitFor();
    return app;
  }

  async stop(): Promise<void> {
    // A test that ran out of time has closed the browser already; what runs outside of it must end all the same.
    await Promise.allSettled([this.operator.context.close(), this.company.manage.close()]);
    await this.desktop.stop();
    await this.server.stop();
  }
}
