<?php

/** The conformance protocol on standard input and output, for adapters in PHP. */

/** The implementation cannot do what is asked: no failure. */
class Unsupported extends Exception
{
}

function support(bool $holds, string $what): void
{
    if (!$holds) {
        throw new Unsupported($what);
    }
}

/** Answers each line by the function of its command. */
function serve(array $description, array $commands): void
{
    ini_set('display_errors', 'stderr');
    $described = [...$description, 'commands' => array_keys($commands)];
    while (($line = fgets(STDIN)) !== false) {
        $asked = json_decode($line, true) ?? unreadable($line);
        $command = $asked['command'];
        if ($command === 'stop') {
            break;
        }
        $answer = $command === 'describe' ? $described : answerOf($commands[$command] ?? null, $asked);
        $flags = JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;
        fwrite(STDOUT, json_encode(['id' => $asked['id'], ...$answer], $flags) . "\n");
    }
}

/** Text that is no Unicode text cannot be read: the line is answered all the same. */
function unreadable(string $line): array
{
    preg_match('/^{"id":(\d+)/', $line, $found);
    return ['id' => (int) $found[1], 'command' => 'unreadable'];
}

function answerOf(?callable $command, array $asked): array
{
    try {
        support($command !== null, 'no such command');
        return $command($asked);
    } catch (Unsupported $why) {
        return ['unsupported' => $why->getMessage()];
    } catch (Throwable $error) {
        return ['error' => get_class($error) . ': ' . $error->getMessage()];
    }
}

/** Parameters as an array has them: a name that comes more than once has a list of values. */
function grouped(array $pairs): array
{
    $values = [];
    foreach ($pairs as [$name, $value]) {
        $values[$name][] = $value;
    }
    return array_map(fn (array $all) => count($all) === 1 ? $all[0] : $all, $values);
}

/** The fields of one name, joined as HTTP joins them; null where there is none. */
function headerField(array $asked, string $name): ?string
{
    $fields = array_filter($asked['headers'], fn (array $field) => strcasecmp($field[0], $name) === 0);
    return $fields === [] ? null : implode(', ', array_column($fields, 1));
}
