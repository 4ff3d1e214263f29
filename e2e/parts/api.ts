// The HTTP contract, for tests that need a company with people in it but are about something else.
import { type APIRequestContext, type APIResponse, request } from "@playwright/test";
import type { Language } from "./labels.ts";
import type { Server } from "./server.ts";

export interface Account {
  login: string;
  password: string;
}

export interface Company {
  shortName: string;
  administrator: Account;
  operator: Account & { id: string; name: string };
  departmentId: string;
  manage: Api;
}

/** One signed-in account: cookies, the token that changes need, and the page's Origin. */
export class Api {
  private token = "";

  private constructor(
    private readonly context: APIRequestContext,
    readonly area: "manage" | "console",
  ) {}

  static async anonymous(server: Server, area: "manage" | "console"): Promise<Api> {
    const context = await request.newContext({
      baseURL: server.url,
      // The sign-in is listed under this name; Playwright’s own says what it runs on.
      userAgent: "Script",
      ignoreHTTPSErrors: true,
      extraHTTPHeaders: { Origin: server.url },
    });
    return new Api(context, area);
  }

  static async signIn(server: Server, area: "manage" | "console", company: string, account: Account): Promise<Api> {
    const api = await Api.anonymous(server, area);
    const body = await api.post<{ csrf_token: string }>(`/api/${area}/sign-in`, {
      company,
      id: account.login,
      password: account.password,
    });
    api.token = body.csrf_token;
    return api;
  }

  async get<T>(path: string): Promise<T> {
    return read<T>(path, await this.context.get(path));
  }

  async post<T>(path: string, data: object = {}): Promise<T> {
    return read<T>(path, await this.context.post(path, { data, headers: this.headers() }));
  }

  async put<T>(path: string, data: object): Promise<T> {
    return read<T>(path, await this.context.put(path, { data, headers: this.headers() }));
  }

  async delete(path: string): Promise<void> {
    await read(path, await this.context.delete(path, { headers: this.headers() }));
  }

  /** Name and value of the cookies, as a hand-made client would send them. */
  async cookies(): Promise<string> {
    const { cookies } = await this.context.storageState();
    return cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join("; ");
  }

  get csrfToken(): string {
    return this.token;
  }

  async close(): Promise<void> {
    await this.context.dispose();
  }

  private headers(): Record<string, string> {
    return this.token === "" ? {} : { "X-Beside-CSRF": this.token };
  }
}

async function read<T>(path: string, response: APIResponse): Promise<T> {
  const text = await response.text();
  if (!response.ok()) throw new Error(`${path}: ${response.status()} ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export const DEPARTMENT = "기술지원팀";
export const SUPPORT_TYPE = "프린터 Printer";

export interface CompanyOptions {
  shortName?: string;
  name?: string;
  /** Of the people and things in it; in both languages at once if not given. */
  names?: { administrator: string; operator: string; department: string; supportType: string };
  /** Of what the company starts with; Korean if not given. */
  language?: Language;
  /** Called for each account. */
  password?: () => string;
}

/** Another operator of a department. Gives the id. */
export async function addOperator(manage: Api, department: string, account: Account & { name: string }, company = "에이크미 Acme"): Promise<string> {
  const { name, login, password } = account;
  const { id } = await manage.post<{ id: string }>("/api/manage/operators", {
    name,
    login,
    password,
    password_confirm: password,
    company_name: company,
    department_id: department,
    phone: "02-123-4567",
    email: `${login.replace(/\d+$/, "")}@example.com`,
  });
  return id;
}

/** A company with an activated administrator, one department, one operator and one support type. */
export async function makeCompany(server: Server, options: CompanyOptions = {}): Promise<Company> {
  const { shortName = "acme", name = "에이크미 Acme", language = "ko", password = () => "Passw0rd-e2e" } = options;
  const { names = { administrator: "관리자 Admin", operator: "김상담 Kim", department: DEPARTMENT, supportType: SUPPORT_TYPE } } = options;
  const administrator = { login: "admin", password: password() };
  const activation = await server.addCompany(shortName, name, language);
  const token = new URL(activation).hash.slice(1);
  const stranger = await Api.anonymous(server, "manage");
  await stranger.post(`/api/manage/activation/${token}`, {
    login: administrator.login,
    name: names.administrator,
    email: "admin@example.com",
    password: administrator.password,
    password_confirm: administrator.password,
  });
  await stranger.close();
  const manage = await Api.signIn(server, "manage", shortName, administrator);
  const department = await manage.post<{ id: string }>("/api/manage/departments", { name: names.department });
  const operator = { login: "kim01", password: password(), name: names.operator };
  const id = await addOperator(manage, department.id, operator, name);
  await manage.post("/api/manage/support-types", { name: names.supportType });
  return { shortName, administrator, operator: { ...operator, id }, departmentId: department.id, manage };
}
