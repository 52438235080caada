<?php

// RFC 5849 §3.4.4: the shared-secrets are encoded: the signature of the secret "a b" is "a%20b&".

$provider = new OAuthProvider([
    'oauth_consumer_key' => 'client',
    'oauth_signature_method' => 'PLAINTEXT',
    'oauth_timestamp' => '137131200',
    'oauth_nonce' => 'n',
    'oauth_signature' => 'a%20b&',
]);
$provider->consumerHandler(function (OAuthProvider $provider): int {
    $provider->consumer_secret = 'a b';
    return OAUTH_OK;
});
$provider->timestampNonceHandler(fn (OAuthProvider $provider): int => OAUTH_OK);
$provider->is2LeggedEndpoint(true);
echo "expected a valid request\n";
try {
    $provider->checkOAuthRequest('https://example.com/', 'GET');
    echo "received a valid request\n";
} catch (OAuthException $error) {
    echo "received error: {$error->getMessage()}\n";
}
