#!/bin/sh
# Compiles ./Adapter.java with jars of Debian packages.
# Usage, in the adapter's folder: sh ../protocol/build-java.sh CLASSPATH
set -eu
[ build/Adapter.class -nt Adapter.java ] && [ build/Adapter.class -nt ../protocol/Protocol.java ] && exit
mkdir -p build
javac -nowarn -d build -cp "$1" ../protocol/Protocol.java Adapter.java
