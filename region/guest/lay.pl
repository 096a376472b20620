#!/usr/bin/perl
# Lays a package down inside an instance, as its own root: below /usr links to the store, which all instances share, and copies of everything else.
#
#   lay.pl STORE FOLDER…       what lies in FOLDER, such as /usr or /etc/squid, of the package at STORE
use strict;
use warnings;

my ($store, @folders) = @ARGV;
umask 022;
for my $folder (@folders) {
    my $above = '';
    for my $part (grep { length } split m{/}, $folder) { $above .= "/$part"; mkdir $above if -d "$store$above" && !-l "$store$above" }
    lay($folder) if -d "$store$folder";
}

sub lay {
    my ($folder) = @_;
    opendir(my $handle, "$store$folder") or die "$store$folder: $!\n";
    for my $name (sort grep { !/^\.\.?\z/ } readdir $handle) {
        my $path = "$folder/$name";
        # Units of Debian's: the distribution in question has its own.
        next if $path eq '/usr/lib/systemd';
        if (-l "$store$path") { put($path, readlink "$store$path") }
        elsif (-d _) { -d $path or mkdir $path or die "$path: $!\n"; lay($path) }
        elsif ($path =~ m{^/usr/}) { put($path, "$store$path") }
        elsif (!-e $path) { copy($path) }
    }
}

sub put {
    my ($path, $target) = @_;
    return if -d $path && !-l $path;
    unlink $path if -e $path || -l $path;
    symlink $target, $path or die "$path: $!\n";
}

sub copy {
    my ($path) = @_;
    open(my $in, '<', "$store$path") or die "$store$path: $!\n";
    open(my $out, '>', $path) or die "$path: $!\n";
    local $/ = \65536;
    while (my $bytes = <$in>) { print $out $bytes or die "$path: $!\n" }
    close $out or die "$path: $!\n";
    chmod((stat $in)[2] & 0755, $path);
}
