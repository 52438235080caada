import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type ApiRequest, askApi, ConsoleProblem, type Session } from "./console-api.js";
import { SignInAgain } from "./sign-in-again.js";

type Ask = <Answer>(path: string, request?: ApiRequest) => Promise<Answer>;

interface SessionState {
  /** `undefined` until it is known, `null` if nobody is signed in. */
  readonly session: Session | null | undefined;
  readonly setSession: (session: Session | null) => void;
  /** Why it is unknown whether a user is signed in. */
  readonly problem: string | undefined;
  /** Asks the server for the session again. */
  readonly readAgain: () => Promise<void>;
  readonly ask: Ask;
}

const SessionContext = createContext<SessionState | undefined>(undefined);

/** Provides the session to its children. If it ends, the user signs in again over the page. */
export function SessionProvider({ children }: { readonly children: ComponentChildren }) {
  const [session, show] = useState<Session | null>();
  const [problem, setProblem] = useState<string>();
  const [ended, setEnded] = useState<Session>();
  // Requests that run while the session changes read it from here.
  const current = useRef<Session | null | undefined>(undefined);
  const waiting = useRef<((isSignedIn: boolean) => void)[]>([]);

  const actions = useMemo(() => {
    const setSession = (next: Session | null) => {
      current.current = next;
      show(next);
    };
    const readAgain = async () => {
      try {
        setSession((await askApi<Session | undefined>("/session")) ?? null);
        setProblem(undefined);
      } catch (error) {
        setProblem((error as Error).message);
      }
    };
    /** Waits until the user has signed in again. Resolves to false if the user does not want to. */
    const signInAgain = (before: Session) => {
      setEnded(before);
      return new Promise<boolean>((resolve) => waiting.current.push(resolve));
    };
    /** Returns true if a request that was rejected with this error can be sent again. */
    const renew = async (error: unknown, before: Session | null | undefined) => {
      if (!(error instanceof ConsoleProblem) || !before) return false;
      if (error.code === "csrf_token_missing") {
        // A user has signed in in another tab, which replaced the session of this tab.
        const found = await askApi<Session | undefined>("/session");
        if (found?.user.id === before.user.id) {
          setSession(found);
          return true;
        }
      } else if (error.code !== "signed_out") return false;
      return signInAgain(before);
    };
    const ask: Ask = async (path, request) => {
      const before = current.current;
      const send = () => askApi<never>(path, { ...request, csrfToken: current.current?.csrfToken });
      try {
        return await send();
      } catch (error) {
        if (!(await renew(error, before))) throw error;
        return send();
      }
    };
    const answer = (next: Session | null | undefined) => {
      setEnded(undefined);
      if (next !== undefined) setSession(next);
      for (const resolve of waiting.current.splice(0)) resolve(Boolean(next));
    };
    return { setSession, readAgain, ask, answer };
  }, []);
  useEffect(() => void actions.readAgain(), [actions]);

  const state = useMemo(() => ({ session, problem, ...actions }), [session, problem, actions]);
  return (
    <SessionContext.Provider value={state}>
      {children}
      {ended && (
        <SignInAgain
          ended={ended}
          onSignedIn={actions.answer}
          onCancel={() => actions.answer(undefined)}
          onSignOut={() => actions.answer(null)}
        />
      )}
    </SessionContext.Provider>
  );
}

/** Returns the session and functions to change it. */
export function useSession(): SessionState {
  const state = useContext(SessionContext);
  if (state === undefined) throw new Error("useSession() must be called in a SessionProvider");
  return state;
}

/**
 * Returns a function that calls the API. If the session has ended, the user signs in again, and the
 * call continues.
 */
export function useApi(): Ask {
  return useSession().ask;
}
