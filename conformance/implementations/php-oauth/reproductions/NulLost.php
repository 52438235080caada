<?php

// RFC 5849 §3.4.1.3.1: the octets of the query are signed, whatever they encode: here an escaped NUL.

echo "expected GET&http%3A%2F%2Fexample.com%2F&a%3D1%25002\n";
echo 'received ', oauth_get_sbs('GET', 'http://example.com/?a=1%002', []), "\n";
