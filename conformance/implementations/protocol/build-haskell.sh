#!/bin/sh
# Builds ./Adapter.hs with the Haskell packages of Debian, without a network.
# Usage, in the adapter's folder: sh ../protocol/build-haskell.sh
set -eu
[ build/adapter -nt Adapter.hs ] && [ build/adapter -nt ../protocol/Protocol.hs ] && exit
mkdir -p build
ghc -v0 -O0 -i../protocol -outputdir build -o build/adapter Adapter.hs
