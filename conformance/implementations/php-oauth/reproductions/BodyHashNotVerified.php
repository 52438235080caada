<?php

// Body Hash extension §3.2: a server that supports it compares oauth_body_hash with the body, here none.

$provider = new OAuthProvider([
    'oauth_consumer_key' => 'client',
    'oauth_signature_method' => 'PLAINTEXT',
    'oauth_timestamp' => '137131200',
    'oauth_nonce' => 'n',
    'oauth_body_hash' => 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    'oauth_signature' => 'secret&',
]);
$provider->consumerHandler(function (OAuthProvider $provider): int {
    $provider->consumer_secret = 'secret';
    return OAUTH_OK;
});
$provider->timestampNonceHandler(fn (OAuthProvider $provider): int => OAUTH_OK);
$provider->is2LeggedEndpoint(true);
echo "expected error: the body hash is not that of the body\n";
try {
    $provider->checkOAuthRequest('https://example.com/', 'GET');
    echo "received a valid request\n";
} catch (OAuthException $error) {
    echo "received error: {$error->getMessage()}\n";
}
