CREATE INDEX "oauth1_token_credentials_client" ON "oauth1_token_credentials" ("client", "created_at", "identifier");
