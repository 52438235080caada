<?php

// RFC 5849 §3.5.1, §3.6: in the header field a plus is a plus, and %20 a space.

require __DIR__ . '/../over-http.php';
if (PHP_SAPI === 'cli') {
    $authorization = 'OAuth oauth_consumer_key="client", oauth_timestamp="137131200", '
        . 'oauth_signature_method="PLAINTEXT", oauth_signature="secret%26", oauth_nonce="a+b"';
    exit(overHttp(__FILE__, $authorization));
}
echo "expected the nonce a+b\n";
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
