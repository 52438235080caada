<?php

// RFC 5849 §3.5.1: names in the header field are percent-encoded, as values are.

require __DIR__ . '/../over-http.php';
if (PHP_SAPI === 'cli') {
    $authorization = 'OAuth oauth_consumer_key="client", oauth_timestamp="137131200", '
        . 'oauth_signature_method="PLAINTEXT", oauth_signature="secret%26", oauth%5Fnonce="n"';
    exit(overHttp(__FILE__, $authorization));
}
echo "expected the nonce n\n";
try {
    $provider = new OAuthProvider();
    $provider->consumerHandler(function (OAuthProvider $provider): int {
        $provider->consumer_secret = 'secret';
        return OAUTH_OK;
    });
    $provider->timestampNonceHandler(fn (OAuthProvider $provider): int => OAUTH_OK);
    $provider->is2LeggedEndpoint(true);
    $provider->checkOAuthRequest('https://example.com/', 'GET');
    echo "received the nonce {$provider->nonce}\n";
} catch (OAuthException $error) {
    echo "received error: {$error->getMessage()}\n";
}
