<?php

// RFC 5849 §3.2: where oauth_version is present, the server checks that it is 1.0.

$provider = new OAuthProvider([
    'oauth_consumer_key' => 'client',
    'oauth_signature_method' => 'PLAINTEXT',
    'oauth_timestamp' => '137131200',
    'oauth_nonce' => 'n',
    'oauth_version' => '2.0',
    'oauth_signature' => 'secret&',
]);
$provider->consumerHandler(function (OAuthProvider $provider): int {
    $provider->consumer_secret = 'secret';
    return OAUTH_OK;
});
$provider->timestampNonceHandler(fn (OAuthProvider $provider): int => OAUTH_OK);
$provider->is2LeggedEndpoint(true);
echo "expected error: oauth_version is not 1.0\n";
try {
    $provider->checkOAuthRequest('https://example.com/', 'GET');
    echo "received a valid request\n";
} catch (OAuthException $error) {
    echo "received error: {$error->getMessage()}\n";
}
