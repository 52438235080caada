<?php

// RFC 5849 §3.4.1.2: the base string URI is http or https. The RFC does not ask a signer for a check.

echo "expected an error, because ftp is neither http nor https\n";
echo 'received ', oauth_get_sbs('GET', 'ftp://example.com/?a=1', []), "\n";
