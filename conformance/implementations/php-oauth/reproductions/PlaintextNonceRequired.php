<?php

// RFC 5849 §3.1: with PLAINTEXT, timestamp and nonce may be omitted.

$provider = new OAuthProvider([
    'oauth_consumer_key' => 'client',
    'oauth_signature_method' => 'PLAINTEXT',
    'oauth_signature' => 'secret&',
]);
$provider->consumerHandler(function (OAuthProvider $provider): int {
    $provider->consumer_secret = 'secret';
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
