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
    $hasTimestamp = true;
    $provider->timestampNonceHandler(function (OAuthProvider $provider) use (&$hasTimestamp): int {
        $hasTimestamp = preg_match('/^[1-9]\d*$/D', $provider->timestamp) === 1;
        return OAUTH_OK;
    });
    $provider->is2LeggedEndpoint(!$asked['hasToken']);
    foreach (signedParameters() as $name => $value) {
        $provider->setParam($name, $value);
    }
    $provider->checkOAuthRequest($asked['url'], $asked['method']);
    $undecided = ['unsupported' => 'the timestamp is left to a function of its caller'];
    echo json_encode($hasTimestamp ? ['valid' => true] : $undecided);
} catch (OAuthException $rejection) {
    parse_str(OAuthProvider::reportProblem($rejection, false), $report);
    echo json_encode(['valid' => false, 'problem' => $report['oauth_problem'] ?? null]);
}

/**
 * What a service sets because $_POST has it otherwise: PHP fills that for POST alone, and from a
 * multipart body too. A null takes a parameter away.
 */
function signedParameters(): array
{
    $contentType = $_SERVER['CONTENT_TYPE'] ?? '';
    if (str_starts_with($contentType, 'multipart/')) {
        return array_fill_keys(array_keys($_POST), null);
    }
    $parameters = [];
    if ($contentType === 'application/x-www-form-urlencoded' && $_SERVER['REQUEST_METHOD'] !== 'POST') {
        foreach (explode('&', file_get_contents('php://input')) as $pair) {
            [$name, $value] = explode('=', "$pair=", 3);
            $parameters[urldecode($name)] = urldecode($value);
        }
    }
    return $parameters;
}
