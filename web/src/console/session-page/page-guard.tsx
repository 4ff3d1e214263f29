import { Component, type ReactNode } from "react";

type PageGuardProps = { children: ReactNode; fallback: ReactNode };

/** Keeps what breaks in one session's page from taking the others with it: its customer's words are a stranger's. */
export class PageGuard extends Component<PageGuardProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.fallback : this.props.children;
  }
}
