<?php

/** What a service's PHP does with a request: the web server hands it on, OAuthProvider reads it. */

$asked = json_decode(base64_decode($_SERVER['HTTP_X_ASKED']), true, flags: JSON_THROW_ON_ERROR);
try {
    $provider = new OAuthProvider();
    $provider->consumerHandler(function (OAuthProvider $provider) use ($asked): int {
        $provider->consumer_secret = $asked['clientSharedSecret'];
        return OAUTH_OK;
    });
    $provider->tokenHandler(function (OAuthProvider $provider) use ($asked): int {
        $provider->token_secret = $asked['tokenSharedSecret'];
        return OAUTH_OK;
    });
    $provider->timestampNonceHandler(fn (OAuthProvider $provider): int => OAUTH_OK);
    $provider->is2LeggedEndpoint(!$asked['hasToken']);
    $provider->checkOAuthRequest($asked['url'], $asked['method']);
    echo json_encode(['valid' => true]);
} catch (OAuthException $refusal) {
    parse_str(OAuthProvider::reportProblem($refusal, false), $report);
    echo json_encode(['valid' => false, 'problem' => $report['oauth_problem'] ?? null]);
}
