export type { NonceStore } from "./nonce-store.js";
