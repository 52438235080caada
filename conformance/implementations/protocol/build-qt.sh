#!/bin/sh
# Builds a C++ program with Qt and a library of Debian, without a network. The library's version is
# VERSION. Its own pkg-config file may still be for Qt 4.
# Usage, in the adapter's folder: sh ../protocol/build-qt.sh LIBRARY HEADERS PACKAGE SOURCE PROGRAM
set -eu
[ "$5" -nt "$4" ] && [ "$5" -nt ../protocol/protocol.hpp ] && exit
mkdir -p "$(dirname "$5")"
version=$(dpkg-query -W -f '${source:Upstream-Version}' "$3")
# shellcheck disable=SC2046 # The words are options of the compiler.
c++ -std=c++17 -fPIC -O1 -I../protocol -I"$2" -DVERSION="\"$version\"" -o "$5" "$4" \
  $(pkg-config --cflags --libs Qt5Core Qt5Network qca2-qt5) "-l$1"
