<?php

// RFC 5849 §3.4.1.1: a custom method is encoded.

echo "expected A%2BB&http%3A%2F%2Fexample.com%2F&a%3D1\n";
echo 'received ', oauth_get_sbs('A+B', 'http://example.com/?a=1', []), "\n";
