# perl apply.pl LIST: number, file and meaning of each mutation of LIST, separated by tabs.
# perl apply.pl LIST NUMBER ROOT: makes that one in the files under ROOT, which hold the text as it is once; the format is explained in LIST.
use strict;
use warnings;

my ($list, $number, $root) = @ARGV;
open my $in, '<', $list or die "$list: $!\n";
my @mutations;
while (my $line = <$in>) {
    chomp $line;
    next if $line =~ /^#/ or $line eq '';
    if ($line =~ /^([-+])(?: (.*))?$/) {
        push @{ $mutations[-1]{$1} }, $2 // '';
    } elsif ($line =~ /^(\S+\.cs): (.+)$/) {
        push @mutations, { file => $1, meaning => $2, '-' => [], '+' => [] };
    } else {
        die "$list:$.: not understood: $line\n";
    }
}

if (!defined $number) {
    print join("\t", $_ + 1, $mutations[$_]{file}, $mutations[$_]{meaning}), "\n" for 0 .. $#mutations;
    exit;
}

my $mutation = $mutations[$number - 1];
my $path = "$root/$mutation->{file}";
open my $source, '<', $path or die "$path: $!\n";
my $text = do { local $/; <$source> };

# White space between lines does not matter.
my @old = map { quotemeta } @{ $mutation->{'-'} };
my @new = @{ $mutation->{'+'} };
my $pattern = join '\s*', @old;
my $found = () = $text =~ /$pattern/g;
die "$path: found $found times: $mutation->{meaning}\n" if $found != 1;
my $replacement = join "\n", @new;
$text =~ s/$pattern/$replacement/;
open my $out, '>', $path or die "$path: $!\n";
print $out $text;
close $out or die "$path: $!\n";
