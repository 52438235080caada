import { useEffect, useRef } from "preact/hooks";

/**
 * Embeds a separate page, in the theme of the console. The fragment of the address names the
 * same place in both, so that users can share the place.
 */
export function Embedded({ address, title }: { readonly address: string; readonly title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  // The embedded page changes its own address from then on.
  const source = useRef(address + location.hash).current;

  useEffect(() => {
    const applyTheme = () => {
      const inner = frame.current?.contentDocument?.documentElement;
      const theme = document.documentElement.dataset["theme"];
      if (inner !== undefined && theme !== undefined) inner.style.colorScheme = theme;
    };
    const follow = () => {
      const inner = frame.current?.contentWindow;
      if (inner && inner.location.hash !== location.hash) inner.location.hash = location.hash;
    };
    const onLoad = () => {
      applyTheme();
      const inner = frame.current?.contentWindow;
      inner?.addEventListener("hashchange", () => {
        const { pathname, search } = location;
        history.replaceState(history.state, "", pathname + search + inner.location.hash);
      });
    };
    const element = frame.current;
    element?.addEventListener("load", onLoad);
    window.addEventListener("hashchange", follow);
    const themes = new MutationObserver(applyTheme);
    themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      element?.removeEventListener("load", onLoad);
      window.removeEventListener("hashchange", follow);
      themes.disconnect();
    };
  }, []);

  return <iframe class="report" ref={frame} src={source} title={title} />;
}
