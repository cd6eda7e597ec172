#!/bin/sh
# Says nothing about itself: what it does is guessed from its output and CPU.
check=0
while :; do
  check=$((check + 1))
  echo "Check $check: 14 certificates, the first one ends in $((90 - check % 60)) days"
  sleep 30
done
