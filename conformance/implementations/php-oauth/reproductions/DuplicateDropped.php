<?php

// RFC 5849 §3.4.1.3.2: parameters that share a name are all signed.

echo "expected GET&http%3A%2F%2Fexample.com%2F&a%3D1%26a%3D2\n";
echo 'received ', oauth_get_sbs('GET', 'http://example.com/?a=1&a=2', []), "\n";
