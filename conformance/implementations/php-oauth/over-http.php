<?php

/**
 * What a script prints that PHP's own web server runs, for a request with this Authorization header
 * field: on the command line OAuthProvider reads no header field.
 */
function overHttp(string $script, string $authorization, string $target = '/'): string
{
    $free = stream_socket_server('tcp://127.0.0.1:0');
    $address = stream_socket_get_name($free, false);
    fclose($free);
    $silent = [1 => ['file', '/dev/null', 'w'], 2 => ['file', '/dev/null', 'w']];
    $server = proc_open([PHP_BINARY, '-d', 'display_errors=0', '-S', $address, $script], $silent, $pipes);
    while (@fsockopen("tcp://$address") === false) {
        usleep(10_000);
    }
    $options = ['http' => ['header' => "Authorization: $authorization", 'ignore_errors' => true]];
    $answer = file_get_contents("http://$address$target", false, stream_context_create($options));
    proc_terminate($server);
    return $answer;
}
