export type { CredentialStore } from "../credential-store.js";
