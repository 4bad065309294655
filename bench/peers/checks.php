<?php
/*
 * The original's four checks, done as it does them, measured inside one PHP process.
 *   pid   posix_kill($pid, 0), and the command line holds the needle
 *   port  stream_socket_client to 127.0.0.1, 1 s
 *   api   curl, a new handle each time as the original's HTTP client makes one; POST get_version, 3 s; HTTP 200 is enough
 *   full  pid, port and api, in this order, ending at the first that fails
 * php checks.php NODES.json, where NODES.json is [{"pid":1,"port":2,"needle":"monero-wallet-rpc"},...].
 * One command a line on stdin, one JSON line out:
 *   METHOD ROUNDS   -> {"failed":0,"nanoseconds":[...],"cpuMicroseconds":N}, every node in each round, in turn
 */
declare(strict_types=1);

function check_pid(array $node): bool
{
    if (!posix_kill($node['pid'], 0)) {
        return false;
    }
    $line = @file_get_contents("/proc/{$node['pid']}/cmdline");
    return $line !== false && str_contains($line, $node['needle']);
}

function check_port(array $node): bool
{
    $socket = @stream_socket_client("tcp://127.0.0.1:{$node['port']}", $code, $message, 1.0);
    if ($socket === false) {
        return false;
    }
    fclose($socket);
    return true;
}

function check_api(array $node): bool
{
    $curl = curl_init("http://127.0.0.1:{$node['port']}/json_rpc");
    curl_setopt_array($curl, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => '{"jsonrpc":"2.0","id":"0","method":"get_version"}',
        CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 3,
    ]);
    $answer = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_HTTP_CODE);
    curl_close($curl);
    return $answer !== false && $status === 200;
}

function check_full(array $node): bool
{
    return check_pid($node) && check_port($node) && check_api($node);
}

function cpu_microseconds(): int
{
    $usage = getrusage();
    return ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']) * 1000000
        + $usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec'];
}

$nodes = json_decode(file_get_contents($argv[1]), true, flags: JSON_THROW_ON_ERROR);
$checks = ['pid' => check_pid(...), 'port' => check_port(...), 'api' => check_api(...), 'full' => check_full(...)];
while (($command = fgets(STDIN)) !== false) {
    [$method, $rounds] = explode(' ', trim($command));
    $check = $checks[$method];
    $nanoseconds = [];
    $failed = 0;
    $cpu = cpu_microseconds();
    for ($round = 0; $round < (int)$rounds; $round++) {
        foreach ($nodes as $node) {
            $began = hrtime(true);
            $failed += $check($node) ? 0 : 1;
            $nanoseconds[] = hrtime(true) - $began;
        }
    }
    $cpu = cpu_microseconds() - $cpu;
    echo json_encode(['failed' => $failed, 'nanoseconds' => $nanoseconds, 'cpuMicroseconds' => $cpu]), "\n";
}
