<?php

// RFC 5849 §3.4.1.1: the method is signed in upper case.

echo "expected VERSION_CONTROL&http%3A%2F%2Fexample.com%2F&a%3D1\n";
echo 'received ', oauth_get_sbs('version_control', 'http://example.com/?a=1', []), "\n";
