<?php

/** A dance with PHP's OAuth extension, as its manual shows it. */

$provider = getenv('PROVIDER');
$callback = getenv('CALLBACK');
$oauth = new OAuth(getenv('CLIENT'), getenv('CLIENT_SECRET'));
$temporary = $oauth->getRequestToken("$provider/oauth/initiate", $callback);
echo "$provider/oauth/authorize?oauth_token={$temporary['oauth_token']}\n";

$answer = trim(fgets(STDIN));
parse_str(parse_url($answer, PHP_URL_QUERY) ?? '', $query);
$verifier = $callback === 'oob' ? $answer : $query['oauth_verifier'] ?? '';
try {
    $oauth->setToken($temporary['oauth_token'], $temporary['oauth_token_secret']);
    $token = $oauth->getAccessToken("$provider/oauth/token", '', $verifier);
    $oauth->setToken($token['oauth_token'], $token['oauth_token_secret']);
} catch (OAuthException $error) {
    echo "failed: OAuthException: {$error->lastResponse}\n";
    exit;
}
for ($call = 0; $call < 2; $call++) {
    try {
        $oauth->fetch(getenv('RESOURCE'));
        echo "{$oauth->getLastResponseInfo()['http_code']} {$oauth->getLastResponse()}\n";
    } catch (OAuthException $error) {
        echo "{$error->getCode()} {$error->lastResponse}\n";
    }
    fgets(STDIN);
}
