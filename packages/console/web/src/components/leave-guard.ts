import { useLayoutEffect, useRef } from "preact/hooks";

/** Asks whether to leave the page, and calls `leave` if the answer is yes. */
type Guard = (leave: () => void) => void;

/** The guards of the page, the one to ask first at the end. */
const guards: Guard[] = [];
/** The address of the page that the guards protect. */
let guarded = "";
/** True during a navigation that the user has confirmed. */
let isConfirmed = false;

/**
 * Watches links, Back and Forward, so that a guard can ask before a navigation inside the console.
 * Call it before the router starts, because the first listener decides.
 */
export function watchNavigation(): void {
  addEventListener("click", onClick, { capture: true });
  addEventListener("popstate", onPopState, { capture: true });
  // Closing the tab, reloading, and links to other sites.
  addEventListener("beforeunload", (event) => {
    if (guards.length > 0) event.preventDefault();
  });
}

/** Calls `ask` before the page is left, as long as it is active. */
export function useLeaveGuard(isActive: boolean, ask: Guard): void {
  const latest = useRef(ask);
  latest.current = ask;
  useLayoutEffect(() => {
    if (!isActive) return;
    const guard: Guard = (leave) => latest.current(leave);
    guards.push(guard);
    guarded = address();
    return () => void guards.splice(guards.indexOf(guard), 1);
  }, [isActive]);
}

/** Runs an action that discards what the guards protect, if the user agrees. */
export function leavePage(leave: () => void, rest: readonly Guard[] = guards): void {
  const guard = rest.at(-1);
  if (guard === undefined) leave();
  else guard(() => leavePage(leave, rest.slice(0, -1)));
}

function onClick(event: MouseEvent): void {
  if (guards.length === 0 || isConfirmed) return;
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
    return;
  const link = event
    .composedPath()
    .find((each): each is HTMLAnchorElement => each instanceof HTMLAnchorElement);
  if (!link?.href || link.target || link.hasAttribute("download")) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || to.pathname + to.search === address()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  leavePage(() => {
    isConfirmed = true;
    link.click();
    isConfirmed = false;
  });
}

function onPopState(event: PopStateEvent): void {
  if (isConfirmed) {
    isConfirmed = false;
    return;
  }
  if (guards.length === 0 || address() === guarded) return;
  // The browser has left the entry already. Its address is added again on top of the entry that the
  // user asked for, so that going back from it leads there.
  event.stopImmediatePropagation();
  history.pushState(null, "", guarded);
  leavePage(() => {
    isConfirmed = true;
    history.back();
  });
}

function address(): string {
  return location.pathname + location.search;
}
