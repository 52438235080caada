<?php

// RFC 5849 §3.6: the encoding of an empty text is empty.

echo "expected ''\n";
echo 'received ', var_export(@oauth_urlencode(''), true), "\n";
