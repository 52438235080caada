#!/bin/sh
# Compiles a C file into a temporary folder and runs it.
# Usage: sh run-c.sh LIBRARY FILE
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cc -o "$folder/program" "$2" "-l$1"
"$folder/program"
