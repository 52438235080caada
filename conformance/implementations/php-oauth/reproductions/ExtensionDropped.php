<?php

// RFC 5849 §3.4.1.3.1: all parameters of the header field but the realm are signed. The signature is of
// GET&https%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dclient%26oauth_nonce%3Dn
// %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131200%26x_user%3Da, by openssl.

require __DIR__ . '/../over-http.php';
if (PHP_SAPI === 'cli') {
    $authorization = 'OAuth oauth_consumer_key="client", oauth_timestamp="137131200", '
        . 'oauth_signature_method="HMAC-SHA1", oauth_nonce="n", x_user="a", '
        . 'oauth_signature="S3zZaJkGVTeM7ACkquKHr8JuBSA%3D"';
    exit(overHttp(__FILE__, $authorization));
}
echo "expected a valid request\n";
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
