# deadlocked.pl PORT [DAEMON-PORT]: stands in for a wallet-rpc. It answers get_version and get_height, one connection after another, and keeps a
# connection to its daemon open, on which nothing is owed. After SIGUSR1 it sleeps for ever without accepting: what a deadlock looks like to its host.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my ($port, $daemon) = @ARGV;
my $dead = 0;
$SIG{USR1} = sub { $dead = 1 };
$SIG{PIPE} = 'IGNORE';
my $link;
if ($daemon) {
    $link = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $daemon) or die "no daemon: $!";
    my $ask = '{"jsonrpc":"2.0","id":"0","method":"get_version"}';
    print $link "POST /json_rpc HTTP/1.1\r\nHost: daemon\r\nContent-Length: " . length($ask) . "\r\n\r\n$ask";
    sysread $link, my $answer, 65536;
}
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 128, ReuseAddr => 1) or die "no port: $!";
my $ready = IO::Select->new($listener);
my %text;
until ($dead) {
    for my $socket ($ready->can_read(1)) {
        last if $dead;
        if ($socket == $listener) {
            my $client = $listener->accept or next;
            $ready->add($client);
            next;
        }
        my $length = sysread $socket, $text{$socket}, 65536, length($text{$socket} // '');
        if (!$length) {
            delete $text{$socket};
            $ready->remove($socket);
            close $socket;
            next;
        }
        next unless $text{$socket} =~ /\r\n\r\n(.+)/s;
        my $result = $1 =~ /get_height/ ? '{"height":1}' : '{"release":false,"version":65561}';
        $text{$socket} = '';
        my $body = "{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"result\":$result}";
        syswrite $socket, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
    }
}
sleep 3600 while 1;
