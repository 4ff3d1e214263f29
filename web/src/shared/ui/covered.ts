import { createContext } from "react";

/** Whether the page stands covered until its account has signed in again. Passwords that were typed are emptied then. */
export const CoveredContext = createContext(false);
