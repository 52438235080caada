<?php

// RFC 5849 §3.4.1.3.2: names are encoded first and sorted then: "%5B" comes before "A".

echo "expected GET&http%3A%2F%2Fexample.com%2F&%255B%3D2%26A%3D1\n";
echo 'received ', oauth_get_sbs('GET', 'http://example.com/?A=1&%5B=2', []), "\n";
