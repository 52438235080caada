import { createHash } from "node:crypto";

/** Escapes text for HTML, also within quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Returns a page without scripts. Only its own style sheet and forms are allowed.
 *
 * @param title - Text.
 * @param body - HTML.
 * @param formTargets - Where its forms may lead besides this site: browsers also check redirects.
 */
export function page(
  title: string,
  body: string,
  { status = 200, formTargets = "" }: { status?: number; formTargets?: string } = {},
): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</html>
`;
  return protectedPage(
    new Response(html, {
      status,
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'self'${formTargets && ` ${formTargets}`}`,
      },
    }),
  );
}

/** Keeps a page out of frames (RFC 5849 §4.14) and caches, and its address out of `Referer`. */
export function protectedPage(response: Response): Response {
  const headers = new Headers(response.headers);
  // Browsers enforce every policy of a response.
  headers.append("Content-Security-Policy", "frame-ancestors 'none'");
  headers.set("X-Frame-Options", "DENY");
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Cache-Control", "no-store");
  return new Response(response.body, { status: response.status, headers });
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 1rem; background: Canvas; color: CanvasText; }
main { max-width: 32rem; margin: 5vh auto; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
form { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 2rem; }
button { flex: 1 1 8rem; min-height: 2.75rem; font: inherit; cursor: pointer; border-radius: .5rem; border: 2px solid ButtonText; background: ButtonFace; color: ButtonText; }
button.approve { background: #0b57d0; border-color: #0b57d0; color: #fff; }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
code.code { display: block; font-size: 2rem; letter-spacing: .1em; }
dd { margin: 0 0 1rem; }
`;

const STYLE_HASH = createHash("sha256").update(STYLE, "utf8").digest("base64");
