/**
 * A store in the memory of one process, for development and tests.
 *
 * @module
 */

import type { ProviderStore, TemporaryCredentials, TokenCredentials } from "../provider-store.js";

/**
 * Creates a store in memory. Everything is lost when the process ends.
 *
 * @example
 * ```ts
 * const store = memoryStore();
 * await store.listTokens("jane"); // []
 * ```
 */
export function memoryStore(): ProviderStore {
  const temporaries = new Map<string, TemporaryCredentials & { guesses: number }>();
  const tokens = new Map<string, TokenCredentials>();
  return {
    async addTemporaryCredentials(credentials) {
      temporaries.set(credentials.identifier, { ...credentials, guesses: 0 });
    },
    async findTemporaryCredentials(identifier) {
      return temporaries.get(identifier);
    },
    async decide(identifier, decision) {
      const found = temporaries.get(identifier);
      if (found?.decision !== "pending") return false;
      temporaries.set(identifier, { ...found, ...decision });
      return true;
    },
    async spendGuess(identifier, most) {
      const found = temporaries.get(identifier);
      return found !== undefined && ++found.guesses <= most;
    },
    async exchange(temporary, token) {
      if (!temporaries.delete(temporary)) return false;
      tokens.set(token.identifier, token);
      return true;
    },
    async findToken(identifier) {
      return tokens.get(identifier);
    },
    async replaceToken(identifier, sessionHandleHash, token) {
      if (tokens.get(identifier)?.sessionHandleHash !== sessionHandleHash) return false;
      tokens.delete(identifier);
      tokens.set(token.identifier, token);
      return true;
    },
    async listTokens(resourceOwner) {
      return [...tokens.values()].filter((token) => token.resourceOwner === resourceOwner);
    },
    async revokeToken(resourceOwner, identifier) {
      return tokens.get(identifier)?.resourceOwner === resourceOwner && tokens.delete(identifier);
    },
    async removeExpired(now) {
      // All live equally long, so the oldest expire first.
      let removed = 0;
      for (const { identifier, expires } of temporaries.values()) {
        if (expires > now || removed === 1000) break;
        temporaries.delete(identifier);
        removed += 1;
      }
      return removed;
    },
  };
}
