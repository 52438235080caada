#!/bin/sh
# Compiles a C++ file into a temporary folder and runs it.
# Usage, in the adapter's folder: sh ../protocol/run-qt.sh LIBRARY HEADERS PACKAGE FILE
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sh ../protocol/build-qt.sh "$1" "$2" "$3" "$4" "$folder/program"
"$folder/program"
