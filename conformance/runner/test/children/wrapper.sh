#!/bin/sh
# Starts a process that outlives this script and holds its standard output open, writes its number
# into a file, then runs the command that follows as a second child.
sleep 600 &
echo $! > "$1"
shift
"$@"
