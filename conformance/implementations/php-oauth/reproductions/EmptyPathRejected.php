<?php

// RFC 5849 §3.4.1.2: an empty path is signed as "/" (RFC 2616 §5.1.2).

echo "expected GET&http%3A%2F%2Fexample.com%2F&a%3D1\n";
try {
    echo 'received ' . oauth_get_sbs('GET', 'http://example.com?a=1', []) . "\n";
} catch (OAuthException $error) {
    echo "received error: {$error->getMessage()}\n";
}
