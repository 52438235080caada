import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { type ApiRequest, askApi, ConsoleProblem, type Session } from "./console-api.js";

interface SessionState {
  /** `undefined` until it is known, `null` if nobody is signed in. */
  readonly session: Session | null | undefined;
  readonly setSession: (session: Session | null) => void;
}

const SessionContext = createContext<SessionState>({ session: undefined, setSession: () => {} });

/** Provides the session to its children. */
export function SessionProvider({ children }: { readonly children: ComponentChildren }) {
  const [session, setSession] = useState<Session | null>();
  useEffect(() => {
    askApi<Session>("/session").then(setSession, () => setSession(null));
  }, []);
  const state = useMemo(() => ({ session, setSession }), [session]);
  return <SessionContext.Provider value={state}>{children}</SessionContext.Provider>;
}

/** Returns the session and a function to change it. */
export function useSession(): SessionState {
  return useContext(SessionContext);
}

/** Returns a function that calls the API. If the session has ended, the sign-in page appears. */
export function useApi(): <Answer>(path: string, request?: ApiRequest) => Promise<Answer> {
  const { session, setSession } = useSession();
  return useMemo(
    () => async (path, request) => {
      try {
        return await askApi(path, { ...request, csrfToken: session?.csrfToken });
      } catch (error) {
        if (error instanceof ConsoleProblem && error.code === "signed_out") setSession(null);
        throw error;
      }
    },
    [session, setSession],
  );
}
