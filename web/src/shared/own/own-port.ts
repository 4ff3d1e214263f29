import type { components } from "../../generated/api.ts";

/** Where somebody is signed in, and whether sign-in asks for a code. */
export type OwnSignIns = components["schemas"]["OwnSignIns"];

/** What the authenticator app is given, this once. */
export type SecondStepBegun = components["schemas"]["SecondStepBegun"];

/** A person's own sign-ins and second step, at the server of either page. */
export type OwnPort = {
  list(): Promise<OwnSignIns>;
  signOutEverywhere(): Promise<void>;
  begin(password: string): Promise<SecondStepBegun>;
  /** Gives the recovery codes, this once. */
  confirm(code: string): Promise<string[]>;
  turnOff(password: string, code: string): Promise<void>;
  /** Nobody is signed in here any more, by hand. */
  signedOut(): void;
};

/** The query of `list`. */
export const ownKey = ["own", "sign-ins"] as const;
