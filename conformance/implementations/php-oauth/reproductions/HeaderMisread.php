<?php

// RFC 5849 §3.5.1: parameters are separated by commas.

require __DIR__ . '/../over-http.php';
if (PHP_SAPI === 'cli') {
    $authorization = 'OAuth oauth_consumer_key="client"; oauth_timestamp="137131200"; '
        . 'oauth_signature_method="PLAINTEXT"; oauth_signature="secret%26"; oauth_nonce="n"';
    exit(overHttp(__FILE__, $authorization));
}
echo "expected error: the header field is malformed\n";
try {
    $provider = new OAuthProvider();
    $provider->consumerHandler(function (OAuthProvider $provider): int {
        $provider->consumer_secret = 'secret';
        return OAUTH_OK;
    });
    $provider->timestampNonceHandler(fn (OAuthProvider $provider): int => OAUTH_OK);
    $provider->is2LeggedEndpoint(true);
    $provider->checkOAuthRequest('https://example.com/', 'GET');
    echo "received a valid request\n";
} catch (OAuthException $error) {
    echo "received error: {$error->getMessage()}\n";
}
