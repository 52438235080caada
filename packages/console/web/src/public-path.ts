/**
 * The path below which the console is reached, without a slash at the end: `""`, or `/keys`. The
 * script of the page is in the folder `assets` below it.
 */
export const publicPath = new URL("..", import.meta.url).pathname.slice(0, -1);
