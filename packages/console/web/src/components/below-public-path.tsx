import { type ComponentChildren, options } from "preact";
import { useMemo } from "preact/hooks";
import { LocationProvider, useLocation } from "preact-iso";
import { publicPath } from "../public-path.js";

/** Provides the location to its children, which all name pages and files without the public path. */
export function BelowPublicPath({ children }: { readonly children: ComponentChildren }) {
  return (
    <LocationProvider scope={`${publicPath}/`}>
      <WithoutPublicPath>{children}</WithoutPublicPath>
    </LocationProvider>
  );
}

function WithoutPublicPath({ children }: { readonly children: ComponentChildren }) {
  const location = useLocation();
  const shorter = useMemo(() => {
    const { url, path, route } = location;
    return {
      ...location,
      url: url.slice(publicPath.length) || "/",
      path: path.slice(publicPath.length) || "/",
      route: (to: string, replace?: boolean) => route(publicPath + to, replace),
    };
  }, [location]);
  return <LocationProvider.ctx.Provider value={shorter}>{children}</LocationProvider.ctx.Provider>;
}

/**
 * Adds the public path to the address of every link, image and frame. Doing so where elements
 * are created covers all of them.
 */
export function addPublicPathToElements(): void {
  const before = options.vnode;
  options.vnode = (vnode) => {
    if (typeof vnode.type === "string") {
      const properties = vnode.props as Record<string, unknown>;
      for (const name of ["href", "src"]) {
        const address = properties[name];
        if (typeof address === "string" && /^\/(?!\/)/.test(address)) {
          properties[name] = publicPath + address;
        }
      }
    }
    before?.(vnode);
  };
}
