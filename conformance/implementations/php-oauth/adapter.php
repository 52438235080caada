<?php

require __DIR__ . '/../protocol/protocol.php';

const METHODS = [
    'HMAC-SHA1' => OAUTH_SIG_METHOD_HMACSHA1,
    'HMAC-SHA256' => OAUTH_SIG_METHOD_HMACSHA256,
    'RSA-SHA1' => OAUTH_SIG_METHOD_RSASHA1,
    'PLAINTEXT' => OAUTH_SIG_METHOD_PLAINTEXT,
];

/** What a function gives; a rejection is false or nothing. */
function given(mixed $result): string
{
    return is_string($result) ? $result : throw new RuntimeException('rejected');
}

function percentEncode(array $asked): array
{
    support(isset($asked['text']), 'oauth_urlencode takes text');
    return ['result' => given(oauth_urlencode($asked['text']))];
}

function baseString(array $asked): array
{
    $isRealm = fn (array $pair) => $pair[0] === 'realm';
    support(!array_filter($asked['parameters'], $isRealm), 'a realm is never among the parameters');
    $all = grouped([...$asked['parameters'], ...($asked['form'] ?? [])]);
    return ['result' => given(oauth_get_sbs($asked['method'], $asked['url'], $all))];
}

function sign(array $asked): array
{
    support($asked['realm'] === null, 'no realm');
    support($asked['callback'] === null && $asked['verifier'] === null, 'only where a request is sent');
    $client = $asked['client'];
    $isRsa = $asked['signatureMethod'] === 'RSA-SHA1';
    // It must not be empty, and RSA does not use it.
    $secret = $isRsa ? 'unused' : $client['sharedSecret'];
    $oauth = new OAuth($client['identifier'], $secret, METHODS[$asked['signatureMethod']]);
    if ($isRsa) {
        $oauth->setRSACertificate($client['privateKey']);
    }
    if ($asked['token'] !== null) {
        $oauth->setToken($asked['token']['identifier'], $asked['token']['sharedSecret']);
    }
    $oauth->setNonce($asked['nonce']);
    $oauth->setTimestamp($asked['timestamp']);
    $form = grouped($asked['form'] ?? []);
    return ['authorization' => $oauth->getRequestHeader($asked['method'], $asked['url'], $form)];
}

/** The port of PHP's own web server, which runs provider.php for every request. */
function provider(): int
{
    static $port = null;
    if ($port === null) {
        $free = stream_socket_server('tcp://127.0.0.1:0');
        $port = (int) substr(strrchr(stream_socket_get_name($free, false), ':'), 1);
        fclose($free);
        $command = [PHP_BINARY, '-d', 'display_errors=0', '-S', "127.0.0.1:$port", 'provider.php'];
        $server = proc_open($command, [1 => ['file', '/dev/null', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes);
        register_shutdown_function(fn () => proc_terminate($server));
        while (@fsockopen('127.0.0.1', $port) === false) {
            usleep(10_000);
        }
    }
    return $port;
}

function verify(array $asked): array
{
    $body = base64_decode($asked['body'] ?? '');
    $text = implode("\n", [$asked['url'], ...array_merge(...$asked['headers'], ...[[]]), $body]);
    preg_match_all('/oauth_signature_method\s*=\s*"?([\w%-]+)/', $text, $named);
    foreach ($named[1] as $name) {
        $isRejected = isset(METHODS[$name]) && !in_array($name, $asked['signatureMethods'] ?? [$name], true);
        support(!$isRejected, 'it cannot be told which signature methods to accept');
    }
    support(!in_array('RSA-SHA1', $named[1], true), 'OAuthProvider takes no RSA key');
    support(preg_match('~^https?://[^/?#]*([^#]*)~i', $asked['url'], $parts) === 1, 'http and https only');
    $hints = [...$asked, 'hasToken' => str_contains($text, 'oauth_token')];
    $lines = ["{$asked['method']} /" . ltrim($parts[1], '/') . ' HTTP/1.0', 'Content-Length: ' . strlen($body)];
    foreach ($asked['headers'] as [$name, $value]) {
        if (!in_array(strtolower($name), ['content-length', 'transfer-encoding'], true)) {
            $lines[] = "$name: " . preg_replace('/\r?\n[ \t]+/', ' ', $value);
        }
    }
    $lines[] = 'X-Asked: ' . base64_encode(json_encode($hints));
    // Without its web server the adapter ends, which the runner notices: that is not a rejection.
    $socket = fsockopen('127.0.0.1', provider()) ?: exit(1);
    fwrite($socket, implode("\r\n", $lines) . "\r\n\r\n" . $body);
    $response = stream_get_contents($socket);
    [$head, $answer] = explode("\r\n\r\n", $response, 2) + ['', ''];
    $verdict = json_decode($answer, true);
    support($verdict !== null, "PHP's web server does not hand it on: " . strtok($head, "\r\n"));
    return $verdict;
}

serve(
    [
        'name' => 'php-oauth',
        'version' => phpversion('oauth'),
        'language' => 'PHP',
        'signatureMethods' => array_keys(METHODS),
        'transmissions' => ['header'],
        'ownVersion' => true,
    ],
    [
        'percent-encode' => 'percentEncode',
        'base-string' => 'baseString',
        'sign' => 'sign',
        'verify' => 'verify',
    ],
);
