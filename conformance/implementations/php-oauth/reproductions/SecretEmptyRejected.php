<?php

// RFC 5849 §3.4.2: a shared-secret may be empty.

echo "expected an object of OAuth\n";
try {
    echo 'received an object of ' . get_class(new OAuth('client', '')) . "\n";
} catch (OAuthException $error) {
    echo "received error: {$error->getMessage()}\n";
}
