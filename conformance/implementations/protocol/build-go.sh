#!/bin/sh
# Builds ./adapter.go with the Go sources of a Debian package, without a network.
# Usage, in the adapter's folder: sh ../protocol/build-go.sh PACKAGE
set -eu
[ build/adapter -nt adapter.go ] && [ build/adapter -nt ../protocol/protocol.go ] && exit
mkdir -p build/src/protocol
cp ../protocol/protocol.go build/src/protocol/
version=$(dpkg-query -W -f '${Version}' "$1")
GO111MODULE=off GOPATH="$PWD/build:/usr/share/gocode" GOFLAGS= \
  go build -ldflags "-X main.version=$version" -o build/adapter adapter.go
